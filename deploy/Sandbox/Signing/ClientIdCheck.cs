using Integration.Sandbox.Door;

namespace Integration.Sandbox.Signing;

/// <summary>Checks <c>X-Client-Id</c> and its companions: valid for ten minutes, each nonce once.</summary>
internal sealed class ClientIdCheck(string clientId, string secret, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly Nonces _nonces = new(time, Window);

    public bool IsSigned(AgencyCall call) =>
        call.Header("X-Client-Id") == clientId
        && call.Header("X-Timestamp") is { } timestamp
        && call.Header("X-Nonce") is { } nonce
        && call.Header("X-Signature") is { } signature
        && TimeStamps.AreFresh(timestamp, call.Now, Window)
        && Signatures.AreSame(Signatures.Hmac(secret, clientId + timestamp + nonce), signature)
        && _nonces.Accept(nonce);

    public void Forget() => _nonces.Clear();
}
