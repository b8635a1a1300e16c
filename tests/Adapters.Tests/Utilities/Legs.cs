using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;

namespace Integration.Adapters.Tests.Utilities;

/// <summary>Orders as the gateway hands them to providers.</summary>
internal static class Legs
{
    public static readonly DateTimeOffset At = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(8));

    public static LegKey Key(string key = "LEG-1-1", string? reference = null) => new(key, "LEG-1", reference);

    /// <summary>A new connection with everything.</summary>
    public static LegOrder Order(string key = "LEG-1-1") =>
        new()
        {
            Leg = Key(key),
            Kind = JointKind.New,
            Consent = "CONSENT-1",
            Need = new UtilityNeed
            {
                PeakFlow = 2.5m,
                CapacityKw = 30,
                Use = "shop",
            },
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["applicant.name"] = "公安县示例商贸有限公司",
                ["applicant.code"] = Known.CompanyText,
                ["applicant.legalRepresentative"] = "张三",
                ["agent.name"] = "李四",
                ["premises.address"] = "湖北省荆州市公安县斗湖堤镇示例路1号",
                ["premises.unitNumber"] = Known.UnitText,
                ["premises.certificateNumber"] = Known.TitleText,
            },
            Proofs =
            [
                new HandedProof
                {
                    Check = "businessLicence",
                    Outcome = CheckOutcome.Match,
                    AsOf = At,
                    EvidenceId = "EV-1",
                },
                new HandedProof
                {
                    Check = "propertyTitle",
                    Outcome = CheckOutcome.NotFound,
                    EvidenceId = "EV-2",
                },
            ],
            Papers = [new LegPaper("lease", "FILE-1", new string('a', 64))],
        };

    /// <summary>The transfer of an account.</summary>
    public static LegOrder Transfer(string key = "LEG-1-1") =>
        Order(key) with
        {
            Kind = JointKind.Transfer,
            Fields = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["applicant.name"] = "张三",
                ["applicant.code"] = Known.PersonText,
                ["account"] = "100001",
                ["former.holder"] = "李四",
            },
            Proofs = [],
            Papers = [],
        };

    /// <summary>An order that lacks a field of the form.</summary>
    public static LegOrder Without(this LegOrder order, string field) =>
        order with
        {
            Fields = order.Fields.Where(pair => pair.Key != field).ToDictionary(StringComparer.Ordinal),
        };
}
