using System.Security.Cryptography;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Television;

/// <summary>Reads an order file; each line has its kind and exactly the fields of that kind.</summary>
internal static class TelevisionOrder
{
    private const int FirstColumn = 8;

    /// <summary>The fields of the form in the order in which they stand there, by the company's names.</summary>
    public static readonly (string Name, string Field)[] Columns =
    [
        ("客户名称", "applicant.name"),
        ("证件号码", "applicant.code"),
        ("法定代表人", "applicant.legalRepresentative"),
        ("经办人", "agent.name"),
        ("原户名", "former.holder"),
        ("安装地址", "premises.address"),
        ("不动产单元号", "premises.unitNumber"),
        ("权证号", "premises.certificateNumber"),
        ("客户号", "account"),
    ];

    /// <summary>The order and what the company wants besides, by its own names; null when it is not what was agreed.</summary>
    public static (HeldLeg Leg, string[] Missing)? Read(
        AgencyCall call,
        IReadOnlyList<string[]> lines,
        ProviderWords words
    )
    {
        if (
            lines is not [["01", var key, var legId, "新装" or "过户", { Length: > 0 }, ..] order, ..]
            || order.Length != FirstColumn + Columns.Length
            || key != call.IdempotencyKey
            || legId.Length == 0
            || order[5].Any(c => !char.IsAsciiDigit(c))
            || (order[7].Length == 0) != (Value(order, "证件号码").Length == 0)
            || order[7] is not ("" or "居民身份证" or "统一社会信用代码")
            || lines.Skip(1).Any(line => !IsProof(line) && !IsPaper(line))
        )
        {
            return null;
        }

        var leg = new HeldLeg
        {
            Key = key,
            LegId = legId,
            Digest = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span)),
            Fields = words.Filled(name => Value(order, name)),
            Proofs = [.. lines.Where(IsProof).Select(line => line[1])],
            Papers = [.. lines.Where(IsPaper).Select(line => line[1])],
        };
        var wanted = order[3] == "过户" ? (string[])["客户名称", "客户号"] : ["客户名称", "安装地址"];
        return (leg, [.. wanted.Where(name => Value(order, name).Length == 0)]);
    }

    private static string Value(string[] order, string name) =>
        order[FirstColumn + Array.FindIndex(Columns, column => column.Name == name)];

    private static bool IsProof(string[] line) =>
        line is ["02", { Length: > 0 }, { Length: > 0 }, var asOf, { Length: > 0 }]
        && (asOf.Length == 0 || ChinaTime.Parse(asOf) is not null);

    private static bool IsPaper(string[] line) => line is ["03", { Length: > 0 }, { Length: > 0 }, { Length: 64 }];
}
