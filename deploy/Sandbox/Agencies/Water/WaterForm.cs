using System.Security.Cryptography;
using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Water;

/// <summary>Reads the body of an order; nothing may be missing that belongs there, and nothing may be there that does not.</summary>
internal static class WaterForm
{
    private static readonly string[] Demanded = ["qqlsh", "slbh", "jklx", "qxdm", "dwdm", "tysbh"];

    private static readonly string[] Members =
    [
        .. Demanded,
        .. ProviderWords.Linkage.Keys,
        "qlrzjzl",
        "xq",
        "cl",
        "fj",
    ];

    private static readonly string[] NeedMembers = ["zdll", "yt"];
    private static readonly string[] ProofMembers = ["clmc", "jg", "sj", "pzbh"];
    private static readonly string[] PaperMembers = ["clmc", "wjdz", "zy"];

    /// <summary>The order; null when it is not what was agreed.</summary>
    public static HeldLeg? Read(AgencyCall call, JsonElement body, ProviderWords words)
    {
        if (
            !body.HasOnly(Members)
            || Demanded.Any(name => body.Text(name) is null)
            || body.Text("jklx") is not ("xz" or "gh")
            || body.Text("qxdm") != "421022"
            || body.Text("qqlsh") != call.IdempotencyKey
            || !IsNeed(body)
            || !IsCode(body)
            || Names(body, "cl", ProofMembers, ["clmc", "jg", "pzbh"]) is not { } proofs
            || Names(body, "fj", PaperMembers, PaperMembers) is not { } papers
        )
        {
            return null;
        }

        return new HeldLeg
        {
            Key = body.Text("qqlsh")!,
            LegId = body.Text("slbh")!,
            Digest = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span)),
            Fields = words.Filled(name => body.Text(name)),
            Proofs = proofs,
            Papers = papers,
        };
    }

    /// <summary>What the company wants besides, by its own names; empty: nothing.</summary>
    public static IReadOnlyList<string> Missing(JsonElement body) =>
        [
            .. (body.Text("jklx") == "gh" ? (string[])["qlrmc", "consno"] : ["qlrmc", "zl"]).Where(name =>
                body.Text(name) is null
            ),
        ];

    private static bool IsNeed(JsonElement body) =>
        body.Object("xq") is { } need
        && need.HasOnly(NeedMembers)
        && (!need.TryGetProperty("zdll", out var flow) || flow.ValueKind == JsonValueKind.Number)
        && (!need.TryGetProperty("yt", out _) || need.Text("yt") is not null);

    /// <summary>A number of a document comes with its type, or neither comes.</summary>
    private static bool IsCode(JsonElement body) =>
        (body.Text("qlrzjzl"), body.Text("qlrzjh")) switch
        {
            (null, null) => true,
            ("1" or "6", not null) => true,
            _ => false,
        };

    private static string[]? Names(JsonElement body, string list, string[] members, string[] demanded) =>
        body.TryGetProperty(list, out var items)
        && items.ValueKind == JsonValueKind.Array
        && items
            .EnumerateArray()
            .All(item => item.HasOnly(members) && demanded.All(name => item.Text(name) is not null))
            ? [.. items.EnumerateArray().Select(item => item.Text("clmc")!)]
            : null;
}
