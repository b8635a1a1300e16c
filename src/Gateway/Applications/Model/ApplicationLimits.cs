using Integration.Contracts.V1.Applications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>The time limits that run from acceptance. Pure: a year without a calendar gives a note, never a guess.</summary>
internal static class ApplicationLimits
{
    /// <summary>Every limit of the service whose conditions hold.</summary>
    public static IReadOnlyList<ApplicationLimit> Create(
        ServicePolicy service,
        PolicyEdition policy,
        SupplyTerms supply,
        SimpleConnectionResult? simple,
        DateTimeOffset acceptedAt,
        LimitClock clock
    ) =>
        [
            .. service
                .Limits.Where(needed =>
                    (needed.When ?? []).All(condition => Holds(condition, policy.Supply, supply, simple))
                )
                .Select(needed => policy.Limits.First(limit => limit.Name == needed.Limit))
                .Select(limit => Due(limit, acceptedAt, clock)),
        ];

    private static ApplicationLimit Due(LimitPolicy limit, DateTimeOffset acceptedAt, LimitClock clock)
    {
        var isKnown = clock.DueAt(acceptedAt, limit.WorkingDays).Succeeded(out var dueAt, out var missing);
        return new ApplicationLimit
        {
            Name = limit.Name,
            DueAt = isKnown ? dueAt : null,
            LegalReference = limit.LegalReference,
            Note = missing?.Note,
        };
    }

    private static bool Holds(
        LimitCondition condition,
        SupplyPolicy policy,
        SupplyTerms supply,
        SimpleConnectionResult? simple
    ) =>
        condition switch
        {
            LimitCondition.ConnectionIsSimple => simple is { Eligible: true },
            LimitCondition.ConnectionIsDirect => SimpleConnectionRules.IsDirect(supply) == Holding.Yes,
            LimitCondition.ConnectionIsNotDirect => SimpleConnectionRules.IsDirect(supply) != Holding.Yes,
            LimitCondition.SupplyIsLowVoltage => supply.Voltage != policy.HighVoltage,
            LimitCondition.SupplyIsHighVoltage => supply.Voltage == policy.HighVoltage,
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };
}
