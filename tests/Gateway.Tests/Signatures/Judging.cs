using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;
using Integration.Gateway.Signatures.Trust;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>The verifier on a clock, and what a test says about its verdict.</summary>
internal sealed class Judging(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private SignedMessageVerifier? _verifier;

    public SignerTrust Trust => field ??= new SignerTrust(_time, NullLogger<SignerTrust>.Instance);

    public SignedMessageVerifier Verifier => _verifier ??= new SignedMessageVerifier(Trust, _time);

    public SignedMessage Accepts(byte[] content, byte[] cms, params RegisteredSigner[] signers) =>
        Accepted(Verifier.VerifyDetached(content, cms, signers));

    public SignedMessage AcceptsAttached(byte[] cms, params RegisteredSigner[] signers) =>
        Accepted(Verifier.VerifyAttached(cms, signers));

    public Refusal Refuses(string rule, byte[] content, byte[] cms, params RegisteredSigner[] signers) =>
        Refused(rule, Verifier.VerifyDetached(content, cms, signers));

    public void RefusesAttached(string rule, byte[] cms, params RegisteredSigner[] signers) =>
        Refused(rule, Verifier.VerifyAttached(cms, signers));

    private static SignedMessage Accepted(Result<SignedMessage> result) =>
        result.Succeeded(out var message, out var refusal)
            ? message
            : throw new Xunit.Sdk.XunitException($"Refused: {refusal.Detail}");

    private static Refusal Refused(string rule, Result<SignedMessage> result)
    {
        Assert.False(result.Succeeded(out _, out var refusal), $"Accepted, though rule {rule} is broken.");
        Assert.StartsWith($"Rule {rule}:", refusal.Detail, StringComparison.Ordinal);
        return refusal;
    }
}
