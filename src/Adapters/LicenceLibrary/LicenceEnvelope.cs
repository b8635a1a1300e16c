using Microsoft.Extensions.Options;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>What the library is told by us in every question, of every caller: our credentials, and what a licence is used for.</summary>
internal sealed class LicenceEnvelope(IOptions<LicenceLibraryOptions> options)
{
    private readonly UseCauseOptions _cause = options.Value.UseCause;

    /// <summary>Proves who asks.</summary>
    public LicenceRequestHead Head { get; } = new(options.Value.AccessId, options.Value.RevealAccessToken());

    /// <summary>The library keeps it with each use.</summary>
    /// <param name="requestId">Our number of the question.</param>
    public UseCause CauseOf(string requestId) =>
        new(_cause.SystemName, _cause.CallCategory, _cause.MatterName, requestId, _cause.CopyCause);
}
