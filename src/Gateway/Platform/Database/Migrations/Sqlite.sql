CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "Applications" (
    "ApplicationId" TEXT NOT NULL CONSTRAINT "PK_Applications" PRIMARY KEY,
    "CaseId" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "AcceptedAt" INTEGER NOT NULL,
    "Request" TEXT NOT NULL,
    "Dossier" TEXT NOT NULL,
    "Answer" BLOB NOT NULL,
    "WithdrawalReason" BLOB NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Audit" (
    "AuditId" TEXT NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY,
    "At" INTEGER NOT NULL,
    "Node" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "Detail" TEXT NULL
);

CREATE TABLE "Calendars" (
    "Year" INTEGER NOT NULL CONSTRAINT "PK_Calendars" PRIMARY KEY,
    "Notice" TEXT NOT NULL,
    "Days" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "LoadedAt" INTEGER NOT NULL
);

CREATE TABLE "Cases" (
    "CaseKey" TEXT NOT NULL CONSTRAINT "PK_Cases" PRIMARY KEY,
    "CaseId" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "ReportedBy" TEXT NULL,
    "ServiceType" TEXT NULL,
    "OpenedAt" INTEGER NOT NULL,
    "AcceptedAt" INTEGER NULL,
    "ClosedAt" INTEGER NULL,
    "File" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "DailyQuotas" (
    "Name" TEXT NOT NULL,
    "Day" TEXT NOT NULL,
    "Reserved" INTEGER NOT NULL,
    CONSTRAINT "PK_DailyQuotas" PRIMARY KEY ("Name", "Day")
);

CREATE TABLE "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY AUTOINCREMENT,
    "FriendlyName" TEXT NULL,
    "Xml" TEXT NULL
);

CREATE TABLE "EventStreams" (
    "StreamId" TEXT NOT NULL CONSTRAINT "PK_EventStreams" PRIMARY KEY,
    "Source" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "LastSequence" INTEGER NOT NULL,
    "ApplicationId" TEXT NULL,
    "ReceiptId" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Events" (
    "ReceiptId" TEXT NOT NULL CONSTRAINT "PK_Events" PRIMARY KEY,
    "Source" TEXT NOT NULL,
    "EventId" TEXT NOT NULL,
    "Digest" BLOB NOT NULL,
    "Type" TEXT NOT NULL,
    "Sequence" INTEGER NULL,
    "StreamId" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Client" TEXT NOT NULL,
    "HappenedAt" INTEGER NOT NULL,
    "ReceivedAt" INTEGER NOT NULL,
    "AcceptBy" INTEGER NOT NULL,
    "MessageId" TEXT NULL,
    "Index" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Result" TEXT NULL,
    "ApplicationId" TEXT NULL,
    "ProcessedAt" INTEGER NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "ClaimedUntil" INTEGER NULL,
    "ClaimedBy" TEXT NULL,
    "LastFailure" TEXT NULL,
    "History" TEXT NOT NULL,
    "Receipt" BLOB NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Evidence" (
    "Chain" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "EvidenceId" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "CaseOwner" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Record" TEXT NOT NULL,
    "PreviousHash" BLOB NOT NULL,
    "Hash" BLOB NOT NULL,
    CONSTRAINT "PK_Evidence" PRIMARY KEY ("Chain", "Sequence")
);

CREATE TABLE "Idempotency" (
    "CallerId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Digest" BLOB NOT NULL,
    "Status" INTEGER NOT NULL,
    "Body" BLOB NULL,
    "Scope" TEXT NOT NULL,
    "IsEffect" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    CONSTRAINT "PK_Idempotency" PRIMARY KEY ("CallerId", "Key")
);

CREATE TABLE "JointApplications" (
    "JointId" TEXT NOT NULL CONSTRAINT "PK_JointApplications" PRIMARY KEY,
    "CaseId" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "OpenedAt" INTEGER NOT NULL,
    "Form" TEXT NOT NULL,
    "File" TEXT NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "JointPlaces" (
    "JointId" TEXT NOT NULL CONSTRAINT "PK_JointPlaces" PRIMARY KEY,
    "CallerId" TEXT NOT NULL,
    "Claimed" TEXT NOT NULL,
    "ClaimedTurn" INTEGER NOT NULL,
    "Applicant" TEXT NOT NULL,
    "Turn" INTEGER NULL,
    "Unit" TEXT NULL,
    "Certificate" TEXT NULL,
    "Address" TEXT NOT NULL,
    "IsOpen" INTEGER NOT NULL
);

CREATE TABLE "LegStatuses" (
    "Utility" TEXT NOT NULL,
    "StatusId" TEXT NOT NULL,
    "LegId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "ReceivedAt" INTEGER NOT NULL,
    "Digest" BLOB NOT NULL,
    "Raw" BLOB NOT NULL,
    "Effect" TEXT NOT NULL,
    CONSTRAINT "PK_LegStatuses" PRIMARY KEY ("Utility", "StatusId")
);

CREATE TABLE "Maintenance" (
    "Agency" TEXT NOT NULL CONSTRAINT "PK_Maintenance" PRIMARY KEY,
    "Reason" TEXT NOT NULL,
    "Since" INTEGER NOT NULL,
    "Until" INTEGER NULL,
    "Actor" TEXT NOT NULL
);

CREATE TABLE "Notices" (
    "NoticeId" TEXT NOT NULL CONSTRAINT "PK_Notices" PRIMARY KEY,
    "Subscriber" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "Refusals" INTEGER NOT NULL,
    "NextAttemptAt" INTEGER NOT NULL,
    "LastFailure" TEXT NULL,
    "FirstAttemptAt" INTEGER NULL,
    "LastAttemptAt" INTEGER NULL,
    "DeliveredAt" INTEGER NULL
);

CREATE TABLE "SignedMessages" (
    "MessageId" TEXT NOT NULL CONSTRAINT "PK_SignedMessages" PRIMARY KEY,
    "Content" BLOB NOT NULL,
    "Signature" BLOB NOT NULL,
    "Thumbprint" TEXT NOT NULL,
    "ReceivedAt" INTEGER NOT NULL
);

CREATE TABLE "Subjects" (
    "ParentId" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_Subjects" PRIMARY KEY ("ParentId", "Subject")
);

CREATE TABLE "Teams" (
    "Team" TEXT NOT NULL CONSTRAINT "PK_Teams" PRIMARY KEY,
    "CallerId" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Yellows" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Timers" (
    "Kind" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "Revision" INTEGER NOT NULL,
    "ClaimedBy" TEXT NULL,
    "ClaimedUntil" INTEGER NULL,
    "Retries" INTEGER NOT NULL,
    "Failures" INTEGER NOT NULL,
    "LastFailure" TEXT NULL,
    CONSTRAINT "PK_Timers" PRIMARY KEY ("Kind", "Key")
);

CREATE TABLE "Verifications" (
    "VerificationId" TEXT NOT NULL CONSTRAINT "PK_Verifications" PRIMARY KEY,
    "CaseId" TEXT NOT NULL,
    "CallerId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Request" TEXT NOT NULL,
    "Answer" BLOB NOT NULL
);

CREATE TABLE "WorkLeases" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_WorkLeases" PRIMARY KEY,
    "Holder" TEXT NOT NULL,
    "Until" INTEGER NOT NULL
);

CREATE TABLE "WorkList" (
    "LegId" TEXT NOT NULL,
    "Work" TEXT NOT NULL,
    "Utility" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Since" INTEGER NOT NULL,
    CONSTRAINT "PK_WorkList" PRIMARY KEY ("LegId", "Work")
);

CREATE INDEX "IX_Applications_CallerId_CaseId" ON "Applications" ("CallerId", "CaseId");

CREATE INDEX "IX_Cases_AcceptedAt" ON "Cases" ("AcceptedAt");

CREATE INDEX "IX_Cases_CaseId_ReportedBy" ON "Cases" ("CaseId", "ReportedBy");

CREATE INDEX "IX_Cases_ServiceType_ClosedAt" ON "Cases" ("ServiceType", "ClosedAt");

CREATE INDEX "IX_Events_Source_CaseId" ON "Events" ("Source", "CaseId");

CREATE UNIQUE INDEX "IX_Events_Source_EventId" ON "Events" ("Source", "EventId");

CREATE INDEX "IX_Events_State_NextAttemptAt" ON "Events" ("State", "NextAttemptAt");

CREATE INDEX "IX_Events_StreamId_Sequence" ON "Events" ("StreamId", "Sequence");

CREATE INDEX "IX_Evidence_CaseOwner_CaseId_At_Sequence_Kind" ON "Evidence" ("CaseOwner", "CaseId", "At", "Sequence", "Kind");

CREATE UNIQUE INDEX "IX_Evidence_EvidenceId" ON "Evidence" ("EvidenceId");

CREATE INDEX "IX_Idempotency_ExpiresAt" ON "Idempotency" ("ExpiresAt");

CREATE INDEX "IX_JointApplications_CallerId_CaseId" ON "JointApplications" ("CallerId", "CaseId");

CREATE INDEX "IX_JointPlaces_Address" ON "JointPlaces" ("Address");

CREATE UNIQUE INDEX "IX_JointPlaces_Applicant_Turn" ON "JointPlaces" ("Applicant", "Turn");

CREATE INDEX "IX_JointPlaces_Certificate" ON "JointPlaces" ("Certificate");

CREATE UNIQUE INDEX "IX_JointPlaces_Claimed_ClaimedTurn" ON "JointPlaces" ("Claimed", "ClaimedTurn");

CREATE INDEX "IX_JointPlaces_Unit" ON "JointPlaces" ("Unit");

CREATE INDEX "IX_LegStatuses_LegId" ON "LegStatuses" ("LegId");

CREATE INDEX "IX_Notices_CallerId_CaseId" ON "Notices" ("CallerId", "CaseId");

CREATE INDEX "IX_Notices_State_At" ON "Notices" ("State", "At");

CREATE INDEX "IX_Notices_Subscriber_State_NoticeId" ON "Notices" ("Subscriber", "State", "NoticeId");

CREATE INDEX "IX_Subjects_Subject" ON "Subjects" ("Subject");

CREATE INDEX "IX_Timers_DueAt" ON "Timers" ("DueAt");

CREATE INDEX "IX_Timers_Failures" ON "Timers" ("Failures") WHERE "Failures" > 0;

CREATE INDEX "IX_Verifications_CallerId_CaseId" ON "Verifications" ("CallerId", "CaseId");

CREATE INDEX "IX_WorkList_Utility_Since" ON "WorkList" ("Utility", "Since");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261201045058_Initial', '10.0.15');

COMMIT;

