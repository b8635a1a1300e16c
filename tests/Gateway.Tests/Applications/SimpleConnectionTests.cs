using System.Collections.Frozen;
using System.Globalization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Intake;
using Integration.Gateway.Applications.Model;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;
using Integration.Gateway.Tests.Policy;
using Integration.Testing.World;

namespace Integration.Gateway.Tests.Applications;

/// <summary>The conditions of a simple connection, one row for each way in which one fails or is not known.</summary>
public class SimpleConnectionTests
{
    private const string Limit = "small-micro-direct";

    private static readonly PolicyEdition s_policy = PolicyBook
        .Open(PolicyFile.In(directory: null), Agencies.All)
        .InForce(Moments.Now);

    private static readonly LimitClock s_clock = new(
        new WorkingCalendar(CalendarFiles.Embedded()),
        BusinessHours.Parse(["08:30-12:00", "14:00-17:30"], [])!,
        acceptanceDayCounts: false
    );

    /// <summary>Capacity, size class (- not stated), metres to the line (- grid silent), use; the condition that fails and how.</summary>
    public static TheoryData<string?, string, string, string?, string?, Holding> Rows { get; } =
        new()
        {
            { "40", "SmallOrMicro", "20", null, null, Holding.Yes },
            { "40", "SelfEmployed", "50", "shop", null, Holding.Yes },
            { "200", "SmallOrMicro", "20", null, null, Holding.Yes },
            { "40", "-", "20", null, "size", Holding.Unknown },
            { "40", "Medium", "20", null, "size", Holding.No },
            { "40", "Large", "20", null, "size", Holding.No },
            { "40", "SmallOrMicro", "-", null, "direct", Holding.Unknown },
            { "40", "SmallOrMicro", "51", null, "direct", Holding.No },
            { "40", "SmallOrMicro", "20", "医院", "singleSource", Holding.No },
            { "40", "SmallOrMicro", "20", " Hospital ", "singleSource", Holding.No },
            { "201", "SmallOrMicro", "20", null, "voltage,capacity,direct", Holding.No },
            { null, "SmallOrMicro", "20", null, "voltage,capacity", Holding.Unknown },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_connection_is_simple_when_every_condition_is_known_to_hold(
        string? capacity,
        string size,
        string metres,
        string? use,
        string? fails,
        Holding how
    )
    {
        var form = Form(capacity is null ? null : decimal.Parse(capacity, CultureInfo.InvariantCulture), use);
        EnterpriseSize? known = size == "-" ? null : Enum.Parse<EnterpriseSize>(size);
        var grid =
            metres == "-" ? null : new GridResourceFacts(decimal.Parse(metres, CultureInfo.InvariantCulture), 250);

        var supply = SupplyRules.Create(form, s_policy, known, grid);
        var simple = SimpleConnectionRules.Create(form, s_policy, known, supply)!;

        var failing = simple.Conditions.Where(condition => condition.Holds != Holding.Yes).ToList();
        Assert.Equal(fails ?? "", string.Join(',', failing.Select(condition => condition.Condition)));
        Assert.All(failing, condition => Assert.Equal(how, condition.Holds));
        Assert.Equal(fails is null, simple.Eligible);
        Assert.Equal(simple.Eligible, LimitsOf(form, supply, simple).Contains(Limit));
        Assert.All(simple.Conditions, condition => Assert.NotEmpty(condition.Because));
    }

    [Fact]
    public void The_question_does_not_arise_for_a_person()
    {
        var form = Read(HallRequests.Residential());

        Assert.Null(
            SimpleConnectionRules.Create(
                form,
                s_policy,
                size: null,
                SupplyRules.Create(form, s_policy, null, grid: null)
            )
        );
    }

    private static FrozenSet<string> LimitsOf(
        ApplicationForm form,
        SupplyTerms supply,
        SimpleConnectionResult simple
    ) =>
        ApplicationLimits
            .Create(form.Service, s_policy, supply, simple, Moments.Now, s_clock)
            .Select(limit => limit.Name)
            .ToFrozenSet(StringComparer.Ordinal);

    private static ApplicationForm Form(decimal? capacityKw, string? use) =>
        Read(HallRequests.Commercial() with { CapacityKw = capacityKw, Use = use });

    private static ApplicationForm Read(ApplicationRequest request) =>
        new ApplicationFormReader(request, s_policy, Moments.Now, new FaultList()).Read(wait: null)!;
}
