using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>What a caller sent to <c>/share</c>, without a fault.</summary>
/// <param name="CaseId">The caller's case number (<c>X-Case-Id</c>).</param>
/// <param name="Purpose">What it is for (<c>X-Purpose</c>).</param>
/// <param name="Basis">Kind and reference of the legal basis (<c>X-Basis</c>), e.g. <c>consent:CONSENT-1</c>.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path at the agency, canonical.</param>
/// <param name="Query">The query as sent, with its question mark; empty when there is none.</param>
/// <param name="Body">The body as sent; empty when there is none.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null when it was not sent.</param>
/// <param name="Bound">What the answer must be about, by the index of the catalogue's bindings.</param>
internal sealed record ShareQuestion(
    string CaseId,
    string Purpose,
    string Basis,
    string Method,
    string Path,
    string Query,
    ReadOnlyMemory<byte> Body,
    string? Key,
    IReadOnlyList<BoundValue?> Bound
)
{
    public const string CaseIdHeader = "X-Case-Id";
    public const string PurposeHeader = "X-Purpose";
    public const string BasisHeader = "X-Basis";

    private static readonly string[] s_kinds =
    [
        .. Enum.GetValues<BasisKind>().Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())),
    ];

    private static readonly string[] s_parameters = ["reference", "grantedAt"];

    /// <summary>Reads it, or lists every fault.</summary>
    public static async Task<Result<ShareQuestion>> ReadAsync(
        HttpRequest request,
        SharedOperation operation,
        IReadOnlyDictionary<string, string> values,
        DateTimeOffset now
    )
    {
        var faults = new FaultList();
        var caseId = Header(request, CaseIdHeader, CaseRules.OfCaseId, faults);
        var purpose = Header(request, PurposeHeader, OfPurpose, faults);
        var basis = ReadBasis(request, now, faults);
        CheckQuery(request, operation.Entry.Request.Query, faults);
        CheckKey(request, operation, faults);
        var body = await ShareBody.ReadAsync(request, operation, faults);
        if (!body.Succeeded(out var bytes, out var refusal))
        {
            return refusal;
        }

        var bound = ShareBinding.Read(request, operation, values, bytes, faults);
        return !faults.IsEmpty
            ? Refusal.RequestInvalid(faults.ToList())
            : new ShareQuestion(
                caseId!,
                purpose!,
                basis!,
                request.Method,
                operation.Target.Fill(values),
                request.QueryString.Value ?? string.Empty,
                bytes.Bytes,
                request.Headers[IdempotentRequests.HeaderName] is { Count: > 0 } key ? key.ToString() : null,
                bound
            );
    }

    /// <summary>Whether the answer is kept for a repetition.</summary>
    public bool IsKept => Key is not null;

    /// <summary>It may hold personal data.</summary>
    public override string ToString() => nameof(ShareQuestion);

    private static string? Header(
        HttpRequest request,
        string name,
        Func<string?, (string Code, string Message)?> faultIn,
        FaultList faults
    )
    {
        var value = request.Headers[name] is [{ } only] ? only : null;
        if ((faultIn(value) ?? FreeText.FaultIn(value, PersonNames.None)) is { } fault)
        {
            faults.Add($"header:{name}", fault.Code, fault.Message);
            return null;
        }

        return value;
    }

    private static (string Code, string Message)? OfPurpose(string? purpose) =>
        purpose is null ? ("missing", "A purpose is needed.")
        : Purposes.All.Contains(purpose) ? null
        : ("unknown-purpose", "The purpose is not one of those published.");

    /// <summary><c>consent; reference="CONSENT-1"; grantedAt="2026-11-23T09:00:00+08:00"</c></summary>
    private static string? ReadBasis(HttpRequest request, DateTimeOffset now, FaultList faults)
    {
        var before = faults.ToList().Count;
        if (
            request.Headers[BasisHeader] is not [{ } text]
            || !NameValueWithParametersHeaderValue.TryParse(text, out var basis)
            || basis.Value is not null
        )
        {
            faults.Add(
                $"header:{BasisHeader}",
                "missing",
                "A legal basis is needed (个人信息保护法 Art. 13): kind; reference=\"...\"; grantedAt=\"...\"."
            );
            return null;
        }

        NoteParameters(basis, faults);
        var reference = Parameter(basis, "reference");
        var kind = KindOf(basis.Name);
        Note(kind is null ? ("unknown-value", "The kind is consent, contract or legalDuty.") : null, faults);
        Note(CaseRules.OfReference(reference) ?? FreeText.FaultIn(reference, PersonNames.None), faults);
        Note(CaseRules.OfPast(Moment(Parameter(basis, "grantedAt")), now), faults);
        return faults.ToList().Count == before ? $"{kind}:{reference}" : null;
    }

    /// <summary>Each of them once, and no others: what two readers could read differently is not read.</summary>
    private static void NoteParameters(NameValueWithParametersHeaderValue basis, FaultList faults)
    {
        foreach (var named in basis.Parameters.GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!s_parameters.Contains(named.Key, StringComparer.Ordinal))
            {
                Note(("unknown-member", "Besides the kind there are reference and grantedAt, nothing else."), faults);
            }
            else if (named.Count() > 1)
            {
                Note(("duplicate-member", $"{named.Key} stands there twice."), faults);
            }
        }
    }

    private static void Note((string Code, string Message)? fault, FaultList faults)
    {
        if (fault is { } found)
        {
            faults.Add($"header:{BasisHeader}", found.Code, found.Message);
        }
    }

    private static string? KindOf(string text) => s_kinds.Contains(text, StringComparer.Ordinal) ? text : null;

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static string? Parameter(NameValueWithParametersHeaderValue basis, string name) =>
        basis.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Value?.Trim('"');

    /// <summary>Names only: a value may name a person.</summary>
    private static void CheckQuery(HttpRequest request, IReadOnlyList<string> allowed, FaultList faults)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!allowed.Contains(name, StringComparer.Ordinal))
            {
                faults.Add("query", "unknown-member", "The query has a name that this operation does not know.");
            }
            else if (values.Count > 1)
            {
                faults.Add($"query:{name}", "duplicate-member", "It stands there twice.");
            }
        }
    }

    /// <summary>What has an effect is asked for once, even when the connection breaks.</summary>
    private static void CheckKey(HttpRequest request, SharedOperation operation, FaultList faults)
    {
        if (!operation.Entry.Repeatable && request.Headers[IdempotentRequests.HeaderName].Count == 0)
        {
            faults.Add(
                $"header:{IdempotentRequests.HeaderName}",
                "missing",
                "This operation has an effect at the agency, so that it needs an Idempotency-Key."
            );
        }
    }
}
