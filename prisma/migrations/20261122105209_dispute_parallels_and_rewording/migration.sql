-- DropIndex
DROP INDEX "Passage_evidenceId_key";

-- AlterTable
ALTER TABLE "Position" ADD COLUMN     "withdrawnAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Evidence" ADD COLUMN     "parallel" JSONB;

-- CreateIndex
CREATE INDEX "Passage_evidenceId_idx" ON "Passage"("evidenceId");
