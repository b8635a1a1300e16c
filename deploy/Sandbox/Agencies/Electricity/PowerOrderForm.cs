using System.Security.Cryptography;
using System.Text.Json;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Electricity;

/// <summary>Reads the body of an order or of an attachment; nothing may be missing that belongs there, and nothing may be there that does not.</summary>
internal static class PowerOrderForm
{
    private const int MostAttachments = 100;
    private static readonly string[] Demanded = ["ddbh", "slbh", "ywlx", "jklx", "tysbh"];

    private static readonly string[] Members =
    [
        .. Demanded,
        .. ProviderWords.Linkage.Keys,
        "qlrzjzl",
        "sqrl",
        "ydlb",
        "fjsl",
    ];

    private static readonly string[] ProofMembers = ["fjmc", "fjlx", "clmc", "hyjg", "hysj", "pzbh"];
    private static readonly string[] PaperMembers = ["fjmc", "fjlx", "clmc", "wjdz", "zy"];

    /// <summary>The order; null when it is not what was agreed.</summary>
    public static HeldLeg? Read(AgencyCall call, JsonElement body, ProviderWords words)
    {
        if (
            !body.HasOnly(Members)
            || Demanded.Any(name => body.Text(name) is null)
            || body.Text("ywlx") != "2"
            || body.Text("jklx") is not ("xz" or "gh")
            || body.Text("ddbh") != call.IdempotencyKey
            || (body.TryGetProperty("sqrl", out var capacity) && capacity.ValueKind != JsonValueKind.Number)
            || (body.Text("qlrzjzl") is null) != (body.Text("qlrzjh") is null)
            || body.Text("qlrzjzl") is not (null or "01" or "07")
            || !body.TryGetProperty("fjsl", out var attachments)
            || attachments.ValueKind != JsonValueKind.Number
            || !attachments.TryGetInt32(out var announced)
            || announced is < 0 or > MostAttachments
        )
        {
            return null;
        }

        return new HeldLeg
        {
            Key = body.Text("ddbh")!,
            LegId = body.Text("slbh")!,
            Digest = DigestOf(call),
            Fields = words.Filled(name => body.Text(name)),
            Announced = announced,
            AwaitsClearing = true,
        };
    }

    /// <summary>What the company wants besides, by its own names; empty: nothing.</summary>
    public static IReadOnlyList<string> Missing(JsonElement body) =>
        [
            .. (body.Text("jklx") == "gh" ? (string[])["qlrmc", "consno"] : ["qlrmc", "zl"]).Where(name =>
                body.Text(name) is null
            ),
        ];

    /// <summary>The attachment; null when it is not what was agreed.</summary>
    public static PowerAttachment? ReadAttachment(AgencyCall call, JsonElement body, string name)
    {
        var isProof = body.Text("fjlx") == "1";
        return
            body.Text("fjmc") == name
            && body.HasOnly(isProof ? ProofMembers : PaperMembers)
            && (isProof || body.Text("fjlx") == "2")
            && (isProof ? (string[])["clmc", "hyjg", "pzbh"] : PaperMembers).All(member =>
                body.Text(member) is not null
            )
            ? new PowerAttachment(body.Text("clmc")!, isProof, DigestOf(call))
            : null;
    }

    private static string DigestOf(AgencyCall call) => Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
}

/// <summary>What was attached.</summary>
/// <param name="Title">The check of a proof, or what a paper stands for.</param>
internal sealed record PowerAttachment(string Title, bool IsProof, string Digest);
