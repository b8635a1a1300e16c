using Integration.FlowTests.JointApplications;
using Integration.FlowTests.Notices;
using Integration.FlowTests.PersonalData;
using Integration.FlowTests.Sharing;
using Integration.FlowTests.Soak;
using Integration.FlowTests.Try;
using Integration.Testing;

[assembly: TestCollectionOrderer(typeof(Integration.FlowTests.LongestFlowsFirst))]

namespace Integration.FlowTests;

public sealed class LongestFlowsFirst()
    : LongestFirst(
        typeof(NothingPersonalIsSaidTests),
        typeof(FailoverTests),
        typeof(TryCommandTests),
        typeof(PostgresNoticeTests),
        typeof(SqliteNoticeTests),
        typeof(JointSilenceTests),
        typeof(TakeoverTests),
        typeof(PostgresKilledJointTests)
    );
