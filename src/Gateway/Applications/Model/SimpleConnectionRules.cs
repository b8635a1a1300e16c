using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Applications.Model;

/// <summary>Whether a connection is a simple one (极简报装). Pure; what no source told is unknown and never a yes.</summary>
internal static class SimpleConnectionRules
{
    /// <summary>Every condition; null when the question does not arise: no enterprise applies, or nothing is connected.</summary>
    /// <param name="form">The application.</param>
    /// <param name="policy">The conditions.</param>
    /// <param name="size">Size class in the register; null when no source said so.</param>
    /// <param name="supply">Voltage and plan.</param>
    public static SimpleConnectionResult? Create(
        ApplicationForm form,
        PolicyEdition policy,
        EnterpriseSize? size,
        SupplyTerms supply
    )
    {
        if (form.Applicant.Kind != ApplicantKind.Enterprise || form.Service.Connection == ConnectionKind.None)
        {
            return null;
        }

        var rules = policy.SimpleConnection;
        ConditionResult[] conditions =
        [
            Size(rules.Size, size),
            Voltage(rules.Voltage, form, supply),
            Capacity(rules.Capacity, form),
            Direct(rules.Direct, supply),
            SingleSource(rules.SingleSource, form),
        ];
        return new SimpleConnectionResult
        {
            Eligible = conditions.All(condition => condition.Holds == Holding.Yes),
            Conditions = conditions,
        };
    }

    /// <summary>Whether the supply plan says direct connection; unknown without a plan.</summary>
    public static Holding IsDirect(SupplyTerms supply) =>
        supply.Plan switch
        {
            null => Holding.Unknown,
            { Connection: SupplyRules.Direct } => Holding.Yes,
            _ => Holding.No,
        };

    private static ConditionResult Size(SimpleSizePolicy rule, EnterpriseSize? size) =>
        size switch
        {
            null => Unknown("size", "企业规模尚未核实。", rule.LegalReference),
            { } known when rule.AnyOf.Contains(known) => Yes(
                "size",
                "登记为小微企业或个体工商户。",
                rule.LegalReference
            ),
            _ => No("size", "登记的企业规模不在极简报装范围内。", rule.LegalReference),
        };

    private static ConditionResult Voltage(SimpleVoltagePolicy rule, ApplicationForm form, SupplyTerms supply) =>
        !rule.AnyOf.Contains(supply.Voltage, StringComparer.Ordinal)
            ? No("voltage", $"供电电压为 {supply.Voltage}，不是低压。", rule.LegalReference)
        : form.CapacityKw is null ? Unknown("voltage", "申请容量未填写，电压等级尚不能确定。", rule.LegalReference)
        : Yes("voltage", $"供电电压为 {supply.Voltage}，属于低压。", rule.LegalReference);

    private static ConditionResult Capacity(SimpleCapacityPolicy rule, ApplicationForm form) =>
        form.CapacityKw switch
        {
            null => Unknown("capacity", "申请容量未填写。", rule.LegalReference),
            { } wanted when wanted <= rule.UpToKw => Yes(
                "capacity",
                $"申请容量不超过 {rule.UpToKw:0.##} 千瓦。",
                rule.LegalReference
            ),
            _ => No("capacity", $"申请容量超过 {rule.UpToKw:0.##} 千瓦。", rule.LegalReference),
        };

    private static ConditionResult Direct(SimpleDirectPolicy rule, SupplyTerms supply) =>
        IsDirect(supply) switch
        {
            Holding.Yes => Yes("direct", "电网资源数据显示可直接接入。", rule.LegalReference),
            Holding.No => No("direct", "需配套电网工程延伸或扩容。", rule.LegalReference),
            _ => Unknown("direct", "电网资源数据尚未取得。", rule.LegalReference),
        };

    /// <summary>A second source has to be asked for by its use; a use that is not stated asks for none.</summary>
    private static ConditionResult SingleSource(SimpleSourcePolicy rule, ApplicationForm form) =>
        form.Use is { } use && rule.DoubleSupplyUses.Contains(use.Trim(), StringComparer.OrdinalIgnoreCase)
            ? No("singleSource", "该用途需双电源供电。", rule.LegalReference)
            : Yes("singleSource", "未申请需双电源供电的用途，按单电源供电。", rule.LegalReference);

    private static ConditionResult Yes(string condition, string because, string law) =>
        Condition(condition, Holding.Yes, because, law);

    private static ConditionResult No(string condition, string because, string law) =>
        Condition(condition, Holding.No, because, law);

    private static ConditionResult Unknown(string condition, string because, string law) =>
        Condition(condition, Holding.Unknown, because, law);

    private static ConditionResult Condition(string condition, Holding holds, string because, string law) =>
        new()
        {
            Condition = condition,
            Holds = holds,
            Because = because,
            LegalReference = law,
        };
}
