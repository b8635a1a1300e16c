namespace Integration.Gateway.Signatures;

/// <summary>Everybody whose signatures some flow accepts; the flows say who (<see cref="SignatureServices.AddSigners"/>).</summary>
internal sealed class RegisteredSigners(IEnumerable<RegisteredSigners.Of> flows)
{
    public IEnumerable<RegisteredSigner> All => flows.SelectMany(flow => flow.Signers());

    /// <summary>The signers of one flow, asked each time because a flow may load others.</summary>
    internal sealed record Of(Func<IEnumerable<RegisteredSigner>> Signers);
}
