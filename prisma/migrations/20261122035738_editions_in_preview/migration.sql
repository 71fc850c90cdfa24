-- AlterTable
ALTER TABLE "Edition" ADD COLUMN     "notices" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "readyAt" TIMESTAMP(3),
ADD COLUMN     "rolledBackAt" TIMESTAMP(3),
ADD COLUMN     "works" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Anchor" ADD COLUMN     "decidedAt" TIMESTAMP(3),
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- What was published was ready.
UPDATE "Edition" SET "readyAt" = "publishedAt" WHERE "publishedAt" IS NOT NULL;
