using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities.Television;

/// <summary>The files that we write, and what files are called. What a leg does not have is an empty field.</summary>
internal static class TelevisionFileWriter
{
    /// <summary>What the company calls the fields of the form, in the order in which they stand in an order.</summary>
    public static readonly IReadOnlyList<(string Name, string Field)> Columns =
    [
        ("客户名称", FormFields.ApplicantName),
        ("证件号码", FormFields.ApplicantCode),
        ("法定代表人", FormFields.LegalRepresentative),
        ("经办人", FormFields.AgentName),
        ("原户名", FormFields.FormerHolder),
        ("安装地址", FormFields.Address),
        ("不动产单元号", FormFields.UnitNumber),
        ("权证号", FormFields.CertificateNumber),
        ("客户号", FormFields.Account),
    ];

    /// <summary>The same, to be looked up.</summary>
    public static readonly FrozenDictionary<string, string> Fields = Columns.ToFrozenDictionary(
        column => column.Name,
        column => column.Field,
        StringComparer.Ordinal
    );

    public static string OrderName(LegKey leg) => $"{leg.Key}.order.csv";

    public static string CancelName(LegKey leg) => $"{leg.Key}.cancel.csv";

    public static string ReceiptName(LegKey leg) => $"{leg.Key}.receipt.csv";

    /// <summary>How the names of everything that came out for a leg begin.</summary>
    public static string Prefix(LegKey leg) => $"{leg.Key}.";

    public static string VisitName(LegKey leg, VisitSlot slot) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{leg.Key}.{slot.From.ToUnixTimeSeconds()}-{slot.Until.ToUnixTimeSeconds()}.visit.csv"
        );

    public static string CheckName(AgencyRequest request) => $"{request.RequestId}.check.csv";

    /// <summary>The company's number of a status; null when the file is something else.</summary>
    public static string? StatusNumber(LegKey leg, string name) =>
        name.EndsWith(StatusEnd, StringComparison.Ordinal) && name.Length > leg.Key.Length + 1 + StatusEnd.Length
            ? name[(leg.Key.Length + 1)..^StatusEnd.Length]
            : null;

    private const string StatusEnd = ".status.csv";

    public static BoxFile Order(LegOrder order) =>
        new([
            [
                "01",
                order.Leg.Key,
                order.Leg.LegId,
                order.Kind == JointKind.Transfer ? "过户" : "新装",
                order.Consent,
                order.Need.Outlets?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                order.Need.Use ?? string.Empty,
                TypeOf(order.Fields.GetValueOrDefault(FormFields.ApplicantCode)),
                .. Columns.Select(column => order.Fields.GetValueOrDefault(column.Field, string.Empty)),
            ],
            .. order.Proofs.Select(Proof),
            .. order.Papers.Select(paper => (IReadOnlyList<string>)["03", paper.Proof, paper.Reference, paper.Sha256]),
        ]);

    public static BoxFile Cancel(LegKey leg) =>
        new([
            ["09", leg.Key],
        ]);

    public static BoxFile Visit(LegKey leg, VisitSlot slot) =>
        new([
            ["04", leg.Key, WireTime.Text(slot.From), WireTime.Text(slot.Until)],
        ]);

    public static BoxFile Check(TransferQuestion question) =>
        new([
            ["05", question.Account, question.FormerHolder],
        ]);

    private static IReadOnlyList<string> Proof(HandedProof proof) =>
        [
            "02",
            proof.Check,
            JsonNamingPolicy.CamelCase.ConvertName(proof.Outcome.ToString()),
            proof.AsOf is { } asOf ? WireTime.Text(asOf) : string.Empty,
            proof.EvidenceId,
        ];

    private static string TypeOf(string? code) =>
        code is null ? string.Empty
        : CreditCode.Parse(code).IsValid ? "统一社会信用代码"
        : "居民身份证";
}
