-- CreateTable
CREATE TABLE "IndexedEdition" (
    "number" SERIAL NOT NULL,
    "editionId" TEXT NOT NULL,
    "words" INTEGER NOT NULL,
    "touchedAt" TIMESTAMP(3) NOT NULL,
    "readyAt" TIMESTAMP(3),
    "searchedAt" TIMESTAMP(3),

    CONSTRAINT "IndexedEdition_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Fingerprint" (
    "hash" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "word" INTEGER NOT NULL,
    "offset" INTEGER NOT NULL,

    CONSTRAINT "Fingerprint_pkey" PRIMARY KEY ("hash","edition","word")
);

-- CreateTable
CREATE TABLE "Parallel" (
    "id" TEXT NOT NULL,
    "hereDocumentId" TEXT NOT NULL,
    "hereEditionId" TEXT NOT NULL,
    "hereStart" INTEGER NOT NULL,
    "hereEnd" INTEGER NOT NULL,
    "hereText" TEXT NOT NULL,
    "thereDocumentId" TEXT NOT NULL,
    "thereEditionId" TEXT NOT NULL,
    "thereStart" INTEGER NOT NULL,
    "thereEnd" INTEGER NOT NULL,
    "thereText" TEXT NOT NULL,
    "sharedWords" INTEGER NOT NULL,
    "similarity" DOUBLE PRECISION NOT NULL,
    "worth" DOUBLE PRECISION NOT NULL,
    "isFormula" BOOLEAN NOT NULL,
    "differences" JSONB NOT NULL,
    "dismissedById" TEXT,
    "dismissedAt" TIMESTAMP(3),
    "dismissReason" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lostAt" TIMESTAMP(3),

    CONSTRAINT "Parallel_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "IndexedEdition_editionId_key" ON "IndexedEdition"("editionId");

-- CreateIndex
CREATE INDEX "Parallel_hereDocumentId_hereStart_idx" ON "Parallel"("hereDocumentId", "hereStart");

-- CreateIndex
CREATE INDEX "Parallel_thereDocumentId_thereStart_idx" ON "Parallel"("thereDocumentId", "thereStart");

-- AddForeignKey
ALTER TABLE "IndexedEdition" ADD CONSTRAINT "IndexedEdition_editionId_fkey" FOREIGN KEY ("editionId") REFERENCES "Edition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parallel" ADD CONSTRAINT "Parallel_hereDocumentId_fkey" FOREIGN KEY ("hereDocumentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parallel" ADD CONSTRAINT "Parallel_thereDocumentId_fkey" FOREIGN KEY ("thereDocumentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
