namespace Integration.Gateway.Signatures;

/// <summary>All signers whose signatures a flow accepts; each flow registers its own (<see cref="SignatureServices.AddSigners"/>).</summary>
internal sealed class RegisteredSigners(IEnumerable<RegisteredSigners.FlowSigners> flows)
{
    public IEnumerable<RegisteredSigner> All => flows.SelectMany(flow => flow.Signers());

    /// <summary>The signers of one flow, asked each time because a flow may load others.</summary>
    internal sealed record FlowSigners(Func<IEnumerable<RegisteredSigner>> Signers);
}
