using System.Security;
using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>A SOAP 1.1 fault; over HTTP it comes with status 500 (SOAP 1.1 section 6.2).</summary>
internal static class SoapFault
{
    public const string ContentType = "text/xml;charset=UTF-8";

    public static Answer Answer(ExchangeRefusal refusal) =>
        Door.Answer.Text(
            $"refused:{refusal.Code}",
            StatusCodes.Status500InternalServerError,
            ContentType,
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>{SecurityElement.Escape(
                refusal.Code
            )}</faultcode><faultstring>{SecurityElement.Escape(
                refusal.Message
            )}</faultstring></soap:Fault></soap:Body></soap:Envelope>
            """
        );
}
