using System.Text.Json;
using Integration.Contracts.V1.Notices;
using Integration.Gateway.Clocks;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Notices.Delivery;

/// <summary>
/// The bytes of a notice: the same for every attempt, so that a repetition can be recognised by its bytes too. They are what is
/// signed, so they are written once, with the serializer of the API; a CloudEvents package would write them a second way.
/// </summary>
internal static class NoticeBody
{
    public const string MediaType = "application/cloudevents+json";

    private static readonly Hotline[] s_hotlines =
    [
        new("12398", "国家能源局监管热线"),
        new("95598", "国家电网服务热线"),
    ];

    public static byte[] From(NoticeRow row, string source)
    {
        var (text, next) = NoticeText.For(row.Type);
        var notice = new NoticeEvent
        {
            SpecVersion = "1.0",
            Id = row.NoticeId,
            Source = source,
            Type = row.Type,
            Time = ChinaTime.In(row.At),
            Subject = row.CaseId,
            DataContentType = "application/json",
            Data = new NoticeData
            {
                Text = text,
                Next = next,
                Hotlines = s_hotlines,
                Details = JsonSerializer.Deserialize<Dictionary<string, string?>>(row.Data) ?? [],
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(notice, ApiJson.For<NoticeEvent>());
    }
}
