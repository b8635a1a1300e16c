using System.Globalization;
using System.Security;
using System.Text;
using Integration.Sandbox.Agencies.Exchange;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.PopulationRegistry;

/// <summary>The registry's answer: an XML package, escaped inside <c>ns1:out</c>.</summary>
internal static class PackageAnswer
{
    private const string Success = "10";
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public static Answer Succeeded(
        string operation,
        string requestNumber,
        DateTimeOffset now,
        bool isKnown,
        IReadOnlyList<(string Name, string Value)> record
    )
    {
        var data = new StringBuilder();
        if (record.Count > 0)
        {
            data.Append("<RECORD no=\"1\">");
            foreach (var (name, value) in record)
            {
                data.Append(CultureInfo.InvariantCulture, $"<{name}>{SecurityElement.Escape(value)}</{name}>");
            }

            data.Append("</RECORD>");
        }

        return Envelope(
            operation,
            Head(requestNumber, Success, "成功", now),
            data.ToString(),
            isKnown ? "answered" : "unknown"
        );
    }

    public static Answer Failed(
        string operation,
        string requestNumber,
        string code,
        string message,
        DateTimeOffset now
    ) => Envelope(operation, Head(requestNumber, code, message, now), string.Empty, $"refused:{code}");

    private static string Head(string requestNumber, string code, string message, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<FFQQBH>{SecurityElement.Escape(requestNumber)}</FFQQBH><FSSJ>{now.ToOffset(ChinaOffset):yyyyMMddHHmmss}</FSSJ><FHDM>{code}</FHDM><FHMS>{message}</FHMS>"
        );

    private static Answer Envelope(string operation, string head, string data, string outcome)
    {
        var package =
            $"""<?xml version="1.0" encoding="UTF-8"?><PACKAGE><PACKAGEHEAD>{head}</PACKAGEHEAD><DATA>{data}</DATA></PACKAGE>""";
        var envelope = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><ns1:{operation}Response xmlns:ns1="http://webservice.tongtech.com/"><ns1:out>{SecurityElement.Escape(
                package
            )}</ns1:out></ns1:{operation}Response></soap:Body></soap:Envelope>
            """;
        return Answer.Text(outcome, StatusCodes.Status200OK, SoapFault.ContentType, envelope);
    }
}
