using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Clocks;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Answering;

/// <summary>The time limits that run from acceptance. Pure: a year without a calendar gives a note, never a guess.</summary>
internal static class LimitAnswers
{
    /// <summary>Every limit of the service whose conditions hold.</summary>
    public static IReadOnlyList<Limit> Of(
        ServicePolicy service,
        PolicyEdition policy,
        EnterpriseSize? size,
        Supply supply,
        DateTimeOffset acceptedAt,
        LimitClock clock
    ) =>
        [
            .. service
                .Limits.Where(needed => (needed.When ?? []).All(condition => Holds(condition, size, supply)))
                .Select(needed => policy.Limits.First(limit => limit.Name == needed.Limit))
                .Select(limit => Due(limit, acceptedAt, clock)),
        ];

    private static Limit Due(LimitPolicy limit, DateTimeOffset acceptedAt, LimitClock clock)
    {
        var isKnown = clock.DueAt(acceptedAt, limit.WorkingDays).Succeeded(out var dueAt, out var missing);
        return new Limit
        {
            Name = limit.Name,
            DueAt = isKnown ? dueAt : null,
            LegalReference = limit.LegalReference,
            Note = missing?.Note,
        };
    }

    private static bool Holds(LimitCondition condition, EnterpriseSize? size, Supply supply) =>
        condition switch
        {
            LimitCondition.EnterpriseIsSmallOrMicro => size
                is EnterpriseSize.SmallOrMicro
                    or EnterpriseSize.SelfEmployed,
            LimitCondition.ConnectionIsDirect => supply.Plan?.Connection == SupplyAnswer.Direct,
            LimitCondition.ConnectionIsNotDirect => supply.Plan?.Connection != SupplyAnswer.Direct,
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, message: null),
        };
}
