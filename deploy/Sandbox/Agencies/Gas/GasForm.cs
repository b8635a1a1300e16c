using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Integration.Sandbox.Agencies.Providers;
using Integration.Sandbox.Door;
using Microsoft.AspNetCore.WebUtilities;

namespace Integration.Sandbox.Agencies.Gas;

/// <summary>A form as the gas company reads it: each name once and with a value, and no name that was not agreed.</summary>
internal sealed partial class GasForm
{
    private static readonly string[] Demanded = ["wldh", "xmbh", "ywlb", "sqsbh"];
    private static readonly string[] Optional = ["zdyql", "yqlx", "zjlx"];

    private readonly Dictionary<string, string> _values;

    private GasForm(Dictionary<string, string> values) => _values = values;

    /// <summary>Null when it is none.</summary>
    public static GasForm? Read(AgencyCall call)
    {
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(call.Body.Span));
            var fields = reader.ReadForm();
            return fields.Values.All(value => value is [{ Length: > 0 }])
                ? new GasForm(fields.ToDictionary(field => field.Key, field => field.Value[0]!, StringComparer.Ordinal))
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Whether exactly these were sent.</summary>
    public bool IsExactly(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!_values.ContainsKey(name))
            {
                return false;
            }
        }

        return _values.Count == names.Length;
    }

    /// <summary>The order; null when it is not what was agreed.</summary>
    public HeldLeg? Order(AgencyCall call, ProviderWords words)
    {
        var counted = _values.Keys.Where(name => Counted().IsMatch(name)).ToList();
        if (
            Demanded.Any(name => Value(name) is null)
            || Value("ywlb") is not ("XZ" or "GH")
            || Value("wldh") != call.IdempotencyKey
            || (Value("zjlx") is null) != (Value("zjhm") is null)
            || Value("zjlx") is not (null or "SFZ" or "XYDM")
            || _values
                .Keys.Except([.. Demanded, .. Optional, .. words.Fields.Keys, .. counted], StringComparer.Ordinal)
                .Any()
            || Names("zm", "jg", "bh") is not { } proofs
            || Names("wj", "dz", "zy") is not { } papers
        )
        {
            return null;
        }

        return new HeldLeg
        {
            Key = Value("wldh")!,
            LegId = Value("xmbh")!,
            Digest = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span)),
            Fields = words.Filled(Value),
            Proofs = proofs,
            Papers = papers,
        };
    }

    /// <summary>What the company wants besides, by its own names; empty: nothing.</summary>
    public IReadOnlyList<string> Missing() =>
        [.. (Value("ywlb") == "GH" ? (string[])["khmc", "khbh"] : ["khmc", "yqdz"]).Where(name => Value(name) is null)];

    /// <summary>Counted from 1 without a gap, each with what belongs to it; null otherwise.</summary>
    private string[]? Names(string prefix, params string[] demanded)
    {
        var names = new List<string>();
        while (Value(Nth("mc")) is { } name)
        {
            if (demanded.Any(part => Value(Nth(part)) is null))
            {
                return null;
            }

            names.Add(name);
        }

        var last = names.Count;
        return _values.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal) && NumberOf(key) > last)
            ? null
            : [.. names];

        string Nth(string part) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{names.Count + 1}.{part}");
    }

    private static int NumberOf(string name) =>
        Counted().Match(name) is { Success: true } match
            ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(
        @"^(zm(?<number>[1-9]\d?)\.(mc|jg|sj|bh)|wj(?<number>[1-9]\d?)\.(mc|dz|zy))$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Counted();
}
