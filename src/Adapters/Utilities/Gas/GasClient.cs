using System.Xml.Linq;
using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Gas;

/// <summary>The order service: a form in, a small XML document out; one page for each thing that can be done.</summary>
internal interface IGasClient
{
    [Post("/service/{page}.do")]
    Task<XElement> PostAsync(
        string page,
        [Body] HttpContent form,
        [Header(CallKeys.Header)] string key,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}
