using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Testing.Drivers;
using Integration.Testing.Processes;

namespace Integration.FlowTests.Soak;

/// <summary>What a run left in the database and at the providers, read past the gateway.</summary>
internal sealed class JointLedger
{
    private static readonly JsonSerializerOptions s_stored = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required IReadOnlyList<JointApplication> Files { get; init; }

    public required IReadOnlyList<LegSeen> AtProviders { get; init; }

    public required IReadOnlyList<AgencyCallSeen> Calls { get; init; }

    public static async Task<JointLedger> ReadAsync(SeveralNodes stage) =>
        new()
        {
            Files = await DocumentsAsync(stage),
            AtProviders = await stage.Agencies.LegsAsync(),
            Calls = await stage.Agencies.CallsAsync(),
        };

    public static Task<IReadOnlyList<JointApplication>> DocumentsAsync(SeveralNodes stage) =>
        stage.QueryAsync("""SELECT "File" FROM "JointApplications" """, row => Readable(row.GetString(0)));

    /// <summary>The file as it can be read without a key: the texts in it stay sealed.</summary>
    private static JointApplication Readable(string stored)
    {
        using var parsed = JsonDocument.Parse(stored);
        return parsed.RootElement.GetProperty("document").Deserialize<JointApplication>(s_stored)!;
    }

    /// <summary>Every acknowledged one is there once, with every leg.</summary>
    public void HoldsEvery(IReadOnlyCollection<string> acknowledged, int legs)
    {
        Assert.Equal(
            acknowledged.Order(StringComparer.Ordinal),
            Files.Select(file => file.JointId).Order(StringComparer.Ordinal)
        );
        Assert.All(Files, file => Assert.Equal(legs, file.Legs.Count));
    }

    /// <summary>Each leg stands at its provider under one key, and no key was effective twice.</summary>
    public void WasEffectiveOnce()
    {
        foreach (var leg in Files.SelectMany(file => file.Legs).Where(leg => leg.Utility != Utility.Network))
        {
            var held = AtProviders.Where(seen => seen.LegId == leg.LegId.ToString()).ToList();
            Assert.True(held.Count <= 1, $"{leg.LegId} stands at its provider {held.Count} times.");
            Assert.True(
                leg.State == LegState.Withdrawn
                    ? held.TrueForAll(seen => seen.Withdrawn)
                    : held is [{ Withdrawn: false }],
                $"{leg.LegId} is {leg.State} here, and its provider knows {held.Count} of it."
            );
        }

        var twice = Calls
            .Where(call => call is { Effective: true, IdempotencyKey: not null })
            .CountBy(call => (call.Agency, call.Operation, call.IdempotencyKey))
            .Where(count => count.Value > 1)
            .ToList();
        Assert.True(twice.Count == 0, $"Effective more than once: {string.Join(", ", twice)}");
    }

    /// <summary>What the gateway answers is the fold of what is stored.</summary>
    public void FoldsAs(IReadOnlyDictionary<string, JointState> answered) =>
        Assert.All(Files, file => Assert.Equal(file.State, answered[file.JointId]));
}
