using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Utilities;

/// <summary>A status as a provider wrote it, in its own format; it becomes one within the bounds of the port.</summary>
internal sealed record WrittenStatus
{
    /// <summary>More than a provider says of one leg.</summary>
    public const int MostStatuses = 1000;

    private const int LongestId = 64;
    private const int LongestCode = 64;
    private const int LongestDetail = 500;
    private const int MostItems = 20;
    private const int LongestItem = 128;
    private const int DerivedCharacters = 32;

    /// <summary>The provider's number of it; null: it gives none.</summary>
    public string? Id { get; init; }

    public string? Code { get; init; }

    public string? At { get; init; }

    public string? Detail { get; init; }

    /// <summary>Already in the port's words; null: not said, or not understood.</summary>
    public string? Who { get; init; }

    /// <summary>Already in the form's words where they are the form's.</summary>
    public IReadOnlyList<string?> Missing { get; init; } = [];

    public IReadOnlyList<(string? Name, string? Amount)> Fees { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => nameof(WrittenStatus);

    /// <summary>The status; a failure when it lacks a code or a time, or holds more than any provider writes.</summary>
    /// <param name="leg">Whose it is: a number that is derived holds for this leg only.</param>
    /// <param name="codes">The provider's codes; one that is not among them is kept as it is, without a state.</param>
    public WireRead<ProviderStatus> Read(LegKey leg, FrozenDictionary<string, LegState> codes)
    {
        if (Code is not { Length: > 0 and <= LongestCode } code)
        {
            return WireFailure.Field("status-code");
        }

        if (WireTime.Parse(At) is not { } at)
        {
            return WireFailure.Field("status-time");
        }

        if (
            Missing.Count > MostItems
            || Missing.Any(item => item is not { Length: > 0 and <= LongestItem })
            || Fees.Count > MostItems
            || Fees.Any(fee => fee.Name is not { Length: > 0 and <= LongestItem } || Amount(fee.Amount) is null)
        )
        {
            return WireFailure.Field("status-items");
        }

        return new ProviderStatus
        {
            StatusId = Id is { } id && IsPlain(id) ? id : Derived(leg),
            Code = code,
            State = codes.TryGetValue(code, out var state) ? state : null,
            At = at,
            Detail = Cut(Detail),
            Who = Who,
            Missing = [.. Missing.Select(item => item!)],
            Fees = [.. Fees.Select(fee => new LegFee { Name = fee.Name, Amount = Amount(fee.Amount) })],
        };
    }

    /// <summary>All of them, or the failure of the first that cannot be read; null is none.</summary>
    public static Reading<IReadOnlyList<ProviderStatus>> ReadAll(
        IEnumerable<WrittenStatus?> written,
        LegKey leg,
        FrozenDictionary<string, LegState> codes
    )
    {
        var statuses = new List<ProviderStatus>();
        foreach (var one in written)
        {
            if (one is null)
            {
                return WireFailure.Field("status");
            }

            if (!one.Read(leg, codes).Succeeded(out var status, out var failure))
            {
                return failure;
            }

            statuses.Add(status);
        }

        return new Reading<IReadOnlyList<ProviderStatus>>.Found(statuses);
    }

    private static decimal? Amount(string? text) => WireNumber.ParseAmount(text);

    private static bool IsPlain(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>The same for the same content, so that a status that is given twice is one.</summary>
    private string Derived(LegKey leg)
    {
        var fees = string.Join('\t', Fees.Select(fee => $"{fee.Name}={fee.Amount}"));
        var content = string.Join('\n', leg.Key, Id, Code, At, Detail, Who, string.Join('\t', Missing), fees);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..DerivedCharacters];
    }

    /// <summary>Long words of a provider hold nothing up; no character is cut in half.</summary>
    private static string? Cut(string? detail)
    {
        if (detail is not { Length: > LongestDetail })
        {
            return detail;
        }

        return detail[..(char.IsHighSurrogate(detail[LongestDetail - 1]) ? LongestDetail - 1 : LongestDetail)];
    }
}
