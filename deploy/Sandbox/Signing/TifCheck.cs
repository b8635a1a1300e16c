using Integration.Sandbox.Door;

namespace Integration.Sandbox.Signing;

/// <summary>Checks <c>x-tif-*</c>: valid for five minutes, each nonce once; the digest in capitals where a service is named.</summary>
internal sealed class TifCheck(string paasId, string token, TimeProvider time)
{
    private readonly Nonces _nonces = new(time, TimeStamps.Usual);

    public bool IsSigned(AgencyCall call)
    {
        if (
            call.Header("x-tif-paasid") != paasId
            || call.Header("x-tif-timestamp") is not { } timestamp
            || call.Header("x-tif-nonce") is not { } nonce
            || call.Header("x-tif-signature") is not { } signature
        )
        {
            return false;
        }

        var expected = Signatures.Sha256Hex(timestamp + token + nonce + timestamp);
        if (call.Header("x-tif-serviceId") is not null)
        {
            expected = expected.ToUpperInvariant();
        }

        return TimeStamps.AreFreshSeconds(timestamp, call.Now, TimeStamps.Usual)
            && Signatures.AreSame(expected, signature)
            && _nonces.Accept(nonce);
    }

    public void Forget() => _nonces.Clear();
}
