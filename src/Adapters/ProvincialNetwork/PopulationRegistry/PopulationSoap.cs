using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.PopulationRegistry;

/// <summary>Makes the SOAP call of a question: our package around its record, our user beside it.</summary>
internal sealed class PopulationSoap(PopulationPackageWriter package, IOptions<PopulationOptions> options)
{
    private readonly string _user = options.Value.User!;
    private readonly string _password = options.Value.RevealPassword();

    /// <summary>The call, not signed yet.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="record">Fields of the one record.</param>
    /// <param name="requestId">Our number of the question; comes back with the answer.</param>
    public SoapCall Call(PopulationOperation operation, IReadOnlyList<PackageField> record, string requestId) =>
        new(operation.Code, package.Write(operation, record, requestId), _user, _password);
}
