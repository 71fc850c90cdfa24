'use client'

import { useId, useState } from 'react'
import { applyTextSize, applyTheme } from './apply-preference.ts'
import styles from './preference-choices.module.css'
import { type Preferences, type TextSize, type Theme, textSizes, themes } from './preferences.ts'

const themeNames: Readonly<Record<Theme, string>> = { system: 'As the device', light: 'Light', dark: 'Dark' }
const sizeNames: Readonly<Record<TextSize, string>> = {
  small: 'Small',
  medium: 'Medium',
  large: 'Large',
  largest: 'Largest',
}

/** The choice of theme and text size: applied at once, kept in cookies for the next page. */
export function PreferenceChoices({ preferences }: { readonly preferences: Preferences }) {
  const [{ theme, textSize }, setChosen] = useState(preferences)
  const chooseTheme = (chosen: Theme) => {
    setChosen({ theme: chosen, textSize })
    applyTheme(chosen)
  }
  const chooseSize = (chosen: TextSize) => {
    setChosen({ theme, textSize: chosen })
    applyTextSize(chosen)
  }
  return (
    <div className={styles.choices}>
      <Choices legend="Theme" values={themes} names={themeNames} chosen={theme} onChoose={chooseTheme} />
      <Choices
        legend="Text size"
        values={textSizes}
        names={sizeNames}
        chosen={textSize}
        onChoose={chooseSize}
      />
    </div>
  )
}

function Choices<T extends string>(props: {
  legend: string
  values: readonly T[]
  names: Readonly<Record<T, string>>
  chosen: T
  onChoose: (value: T) => void
}) {
  const name = useId()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{props.legend}</legend>
      {props.values.map((value) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === props.chosen}
            onChange={() => props.onChoose(value)}
          />
          {props.names[value]}
        </label>
      ))}
    </fieldset>
  )
}
