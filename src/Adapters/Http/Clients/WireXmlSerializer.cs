using System.Net;
using System.Reflection;
using System.Xml.Linq;
using Refit;

namespace Integration.Adapters.Http.Clients;

/// <summary>XML answers as <see cref="XElement"/> through the hardened reader; bodies come as ready content.</summary>
internal sealed class WireXmlSerializer : IHttpContentSerializer
{
    /// <summary>A SOAP 1.1 fault comes with status 500 (section 6.2) and is an answer to be read.</summary>
    public static bool IsSoapFault(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.InternalServerError
        && answer.Content.Headers.ContentType?.MediaType is "text/xml";

    public HttpContent ToHttpContent<T>(T item) =>
        item as HttpContent ?? throw new NotSupportedException("XML bodies are given as content.");

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        Task.FromResult((T?)(object)WireAnswer.ReadXml(content));

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => null;
}
