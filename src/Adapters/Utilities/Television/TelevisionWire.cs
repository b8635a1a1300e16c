using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Clients;
using Integration.Adapters.Http.Wire;
using Refit;

namespace Integration.Adapters.Utilities.Television;

/// <summary>What the box gave.</summary>
/// <param name="Value">Null: there is no such file.</param>
internal sealed record BoxText(string? Value)
{
    public static readonly BoxText None = new((string?)null);

    /// <inheritdoc />
    public override string ToString() => nameof(BoxText);
}

/// <summary>Files and lists as strict UTF-8; bodies come as ready content.</summary>
internal sealed class BoxSerializer : IHttpContentSerializer
{
    public static readonly MediaTypeHeaderValue Csv = new("text/csv", "utf-8");

    public HttpContent ToHttpContent<T>(T item) =>
        item as HttpContent ?? throw new NotSupportedException("Files are given as content.");

    public Task<T?> FromHttpContentAsync<T>(HttpContent content, CancellationToken cancellationToken = default) =>
        Task.FromResult((T?)(object)Read(content));

    public string? GetFieldNameForProperty(PropertyInfo propertyInfo) => null;

    private static BoxText Read(HttpContent content)
    {
        var text = WireText.Utf8(AnswerContent.Get(content), content.Headers.ContentType?.CharSet);
        if (!text.Succeeded(out var utf8, out var failure))
        {
            throw new AgencyFaultException(failure);
        }

        return WireText.LooksLikeHtml(utf8.Span)
            ? throw new AgencyFaultException(WireFailure.Html)
            : new BoxText(Encoding.UTF8.GetString(utf8.Span));
    }
}
