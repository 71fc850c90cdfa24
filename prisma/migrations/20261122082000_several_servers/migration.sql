-- CreateTable
CREATE TABLE "NoteLogEnd" (
    "noteId" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "before" BIGINT NOT NULL,

    CONSTRAINT "NoteLogEnd_pkey" PRIMARY KEY ("noteId")
);

-- CreateTable
CREATE TABLE "AccessChange" (
    "version" BIGSERIAL NOT NULL,
    "userId" TEXT,
    "threadId" TEXT,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessChange_pkey" PRIMARY KEY ("version")
);

-- CreateIndex
CREATE INDEX "AccessChange_at_idx" ON "AccessChange"("at");

-- AddForeignKey
ALTER TABLE "NoteLogEnd" ADD CONSTRAINT "NoteLogEnd_noteId_fkey" FOREIGN KEY ("noteId") REFERENCES "Note"("id") ON DELETE CASCADE ON UPDATE CASCADE;
