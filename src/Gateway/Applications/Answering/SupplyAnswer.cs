using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Reading;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Answering;

/// <summary>What can be said about the supply at acceptance (受理即答复供电方案). Pure.</summary>
internal static class SupplyAnswer
{
    public const string Direct = "direct";
    private const string Extension = "extension";
    private const string Unchanged = "unchanged";

    /// <summary>Voltage, cost and, where the grid's data allow it, the plan.</summary>
    /// <param name="form">The application.</param>
    /// <param name="policy">Thresholds.</param>
    /// <param name="size">Size class in the register; null when nobody said so.</param>
    /// <param name="grid">What the grid can give there; null when nobody said so.</param>
    public static Supply Of(ApplicationForm form, PolicyEdition policy, EnterpriseSize? size, GridResourceFacts? grid)
    {
        if (form.Service.Connection == ConnectionKind.None)
        {
            return new Supply
            {
                Voltage = Unchanged,
                ZeroCost = true,
                Rule = "no-connection",
            };
        }

        var rule = ZeroCostRule(form, policy.Supply, size);
        return new Supply
        {
            Voltage = Voltage(form, policy.Supply),
            ZeroCost = rule is not null,
            Rule = rule?.Rule ?? "customer-pays-own-part",
            Plan = grid is null ? null : Plan(form, policy.Supply, grid),
        };
    }

    private static string Voltage(ApplicationForm form, SupplyPolicy supply) =>
        form.Service.Connection == ConnectionKind.HighVoltage
            ? supply.HighVoltage
            : supply.Voltages.First(level => level.UpToKw is null || !(form.CapacityKw > level.UpToKw)).Voltage;

    private static ZeroCostPolicy? ZeroCostRule(ApplicationForm form, SupplyPolicy supply, EnterpriseSize? size) =>
        Voltage(form, supply) == supply.HighVoltage
            ? null
            : supply.ZeroCost.FirstOrDefault(rule =>
                rule.Applicant == form.Applicant.Kind
                && (rule.UpToKw is not { } limit || form.CapacityKw <= limit)
                && (rule.Sizes is not { } sizes || (size is { } known && sizes.Contains(known)))
            );

    private static SupplyPlan Plan(ApplicationForm form, SupplyPolicy supply, GridResourceFacts grid)
    {
        var isDirect =
            grid.NearestLowVoltageMetres <= supply.DirectWithinMetres
            && !(form.CapacityKw > grid.SpareCapacityKw)
            && Voltage(form, supply) != supply.HighVoltage;
        return new SupplyPlan
        {
            Connection = isDirect ? Direct : Extension,
            DistanceMetres = grid.NearestLowVoltageMetres,
            SpareCapacityKw = grid.SpareCapacityKw,
            Text = isDirect
                ? "低压线路在直接接入范围内且容量充足，可直接接入，无需外线工程。"
                : "需配套电网工程延伸或扩容，由供电企业出具方案并实施。",
        };
    }
}
