using System.Buffers;
using System.Net;
using Integration.Adapters.Ports;

namespace Integration.Adapters.Http;

/// <summary>The failures that adapters speak of, each with its stage and side.</summary>
internal static class Failures
{
    private const int LongestCode = 24;

    private static readonly SearchValues<char> s_codeCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    public static AgencyFailure Parse(string code) => new(FailureStage.Parse, FailureSide.Agency, code);

    /// <summary>The agency's own code of a failed call.</summary>
    public static AgencyFailure Envelope(string? agencyCode) =>
        new(FailureStage.Envelope, FailureSide.Agency, Bounded(agencyCode));

    /// <summary>The agency says that we may not have this.</summary>
    public static AgencyFailure Authorisation(string? agencyCode) =>
        new(FailureStage.Authorisation, FailureSide.Gateway, Bounded(agencyCode));

    /// <summary>The agency does not accept our key or token, or we could not get one.</summary>
    public static AgencyFailure Secret(string? code) => new(FailureStage.Secret, FailureSide.Gateway, Bounded(code));

    /// <summary>The answer is about another question; <paramref name="field"/> is the one that differs.</summary>
    public static AgencyFailure Binding(string field) => new(FailureStage.Binding, FailureSide.Agency, field);

    public static AgencyFailure Status(HttpStatusCode status) =>
        new(
            FailureStage.Status,
            (int)status is >= 400 and < 500 ? FailureSide.Gateway : FailureSide.Agency,
            $"http-{(int)status}"
        );

    public static AgencyFailure TooLarge { get; } = new(FailureStage.TooLarge, FailureSide.Agency, "answer-too-large");

    /// <summary>What came from outside becomes a metric label and evidence: short and plain, or "other".</summary>
    private static string Bounded(string? code) =>
        code is { Length: > 0 and <= LongestCode } && !code.AsSpan().ContainsAnyExcept(s_codeCharacters)
            ? code
            : "other";
}
