using Integration.Gateway.Tests.Database;
using Integration.Gateway.Tests.Notices;
using Integration.Gateway.Tests.Timers;
using Integration.Testing;

[assembly: TestCollectionOrderer(typeof(Integration.Gateway.Tests.LongestPartsFirst))]

namespace Integration.Gateway.Tests;

public sealed class LongestPartsFirst()
    : LongestFirst(
        typeof(NodeClockTests),
        typeof(PostgresDurableTimerTests),
        typeof(SqliteDurableTimerTests),
        typeof(TimerClaimTests),
        typeof(PostgresNoticeDeliveryTests)
    );
