-- AlterTable
ALTER TABLE "Passage" ADD COLUMN     "evidenceId" TEXT;

-- AlterTable
ALTER TABLE "Reply" ADD COLUMN     "evidenceId" TEXT;

-- CreateTable
CREATE TABLE "Dispute" (
    "id" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "outcome" TEXT,
    "raisedById" TEXT NOT NULL,
    "dividedness" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activeAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Position" (
    "id" TEXT NOT NULL,
    "disputeId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Evidence" (
    "id" TEXT NOT NULL,
    "disputeId" TEXT NOT NULL,
    "positionId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "citedId" TEXT,
    "citation" TEXT,
    "authorId" TEXT NOT NULL,
    "bodyHash" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Stance" (
    "disputeId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "positions" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "takenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Stance_pkey" PRIMARY KEY ("disputeId","userId")
);

-- CreateTable
CREATE TABLE "DisputeEvent" (
    "disputeId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "actorId" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DisputeEvent_pkey" PRIMARY KEY ("disputeId","number")
);

-- CreateTable
CREATE TABLE "DisputeFollow" (
    "disputeId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL DEFAULT true,
    "seen" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DisputeFollow_pkey" PRIMARY KEY ("disputeId","userId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Dispute_threadId_key" ON "Dispute"("threadId");

-- CreateIndex
CREATE INDEX "Dispute_activeAt_id_idx" ON "Dispute"("activeAt", "id");

-- CreateIndex
CREATE INDEX "Dispute_createdAt_id_idx" ON "Dispute"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Dispute_dividedness_id_idx" ON "Dispute"("dividedness", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Position_disputeId_number_key" ON "Position"("disputeId", "number");

-- CreateIndex
CREATE INDEX "Evidence_disputeId_createdAt_idx" ON "Evidence"("disputeId", "createdAt");

-- CreateIndex
CREATE INDEX "Evidence_positionId_idx" ON "Evidence"("positionId");

-- CreateIndex
CREATE INDEX "Evidence_citedId_idx" ON "Evidence"("citedId");

-- CreateIndex
CREATE INDEX "Stance_userId_idx" ON "Stance"("userId");

-- CreateIndex
CREATE INDEX "DisputeFollow_userId_idx" ON "DisputeFollow"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Passage_evidenceId_key" ON "Passage"("evidenceId");

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_evidenceId_fkey" FOREIGN KEY ("evidenceId") REFERENCES "Evidence"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reply" ADD CONSTRAINT "Reply_evidenceId_fkey" FOREIGN KEY ("evidenceId") REFERENCES "Evidence"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dispute" ADD CONSTRAINT "Dispute_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dispute" ADD CONSTRAINT "Dispute_raisedById_fkey" FOREIGN KEY ("raisedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Position" ADD CONSTRAINT "Position_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_positionId_fkey" FOREIGN KEY ("positionId") REFERENCES "Position"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_citedId_fkey" FOREIGN KEY ("citedId") REFERENCES "Thread"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Stance" ADD CONSTRAINT "Stance_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Stance" ADD CONSTRAINT "Stance_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeEvent" ADD CONSTRAINT "DisputeEvent_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeEvent" ADD CONSTRAINT "DisputeEvent_actorId_fkey" FOREIGN KEY ("actorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeFollow" ADD CONSTRAINT "DisputeFollow_disputeId_fkey" FOREIGN KEY ("disputeId") REFERENCES "Dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisputeFollow" ADD CONSTRAINT "DisputeFollow_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What happened in a dispute stays as it was written. The semicolons of the body are escaped, since what applies
-- migrations parts statements at every one.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN RAISE EXCEPTION ''rows of % are never changed'', TG_TABLE_NAME\x3b END\x3b';
CREATE TRIGGER "DisputeEvent_is_immutable" BEFORE UPDATE ON "DisputeEvent"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
