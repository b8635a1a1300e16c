using Integration.Adapters.Ports;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>What can be said about the supply at acceptance (受理即答复供电方案). Pure.</summary>
internal static class SupplyRules
{
    public const string Direct = "direct";
    private const string Extension = "extension";
    private const string Unchanged = "unchanged";

    /// <summary>Voltage, cost and, where the grid's data allow it, the plan.</summary>
    /// <param name="form">The application.</param>
    /// <param name="policy">Thresholds.</param>
    /// <param name="size">Size class in the register; null when no source said so.</param>
    /// <param name="grid">What the grid can give there; null when no source said so.</param>
    public static SupplyTerms Create(
        ApplicationForm form,
        PolicyEdition policy,
        EnterpriseSize? size,
        GridResourceFacts? grid
    )
    {
        if (form.Service.Connection == ConnectionKind.None)
        {
            return new SupplyTerms
            {
                Voltage = Unchanged,
                ZeroCost = true,
                Rule = "no-connection",
            };
        }

        var rule = ZeroCostRule(form, policy.Supply, size);
        return new SupplyTerms
        {
            Voltage = Voltage(form, policy.Supply, size),
            ZeroCost = rule is not null,
            Rule = rule?.Rule ?? "customer-pays-own-part",
            Plan = grid is null ? null : Plan(form, policy.Supply, size, grid),
        };
    }

    private static string Voltage(ApplicationForm form, SupplyPolicy supply, EnterpriseSize? size)
    {
        if (form.Service.Connection == ConnectionKind.HighVoltage)
        {
            return supply.HighVoltage;
        }

        var level = supply.Voltages.First(level => level.UpToKw is null || !(form.CapacityKw > level.UpToKw)).Voltage;
        var isLowAtAnyCapacity = supply.ZeroCost.Any(rule => rule.UpToKw is null && Fits(rule, form, size));
        var isExcluded =
            form.CapacityKw is not null && size is not null && !supply.ZeroCost.Any(rule => Fits(rule, form, size));
        return isExcluded && !isLowAtAnyCapacity ? supply.HighVoltage
            : level == supply.HighVoltage && isLowAtAnyCapacity
                ? supply.Voltages.TakeWhile(low => low.Voltage != supply.HighVoltage).Last().Voltage
            : level;
    }

    private static ZeroCostPolicy? ZeroCostRule(ApplicationForm form, SupplyPolicy supply, EnterpriseSize? size) =>
        Voltage(form, supply, size) == supply.HighVoltage
            ? null
            : supply.ZeroCost.FirstOrDefault(rule => Fits(rule, form, size));

    private static bool Fits(ZeroCostPolicy rule, ApplicationForm form, EnterpriseSize? size) =>
        rule.Applicant == form.Applicant.Kind
        && (rule.UpToKw is not { } limit || form.CapacityKw <= limit)
        && (rule.Sizes is not { } sizes || (size is { } known && sizes.Contains(known)));

    private static ConnectionPlan Plan(
        ApplicationForm form,
        SupplyPolicy supply,
        EnterpriseSize? size,
        GridResourceFacts grid
    )
    {
        var isDirect =
            grid.NearestLowVoltageMetres <= supply.DirectWithinMetres
            && !(form.CapacityKw > grid.SpareCapacityKw)
            && Voltage(form, supply, size) != supply.HighVoltage;
        return new ConnectionPlan
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
