using System.Text;

namespace Integration.Benchmarks;

/// <summary>The agency behind every side: answers at once with about 2 KB of JSON, or with 100 MB, to every question.</summary>
internal static class ShareBackend
{
    private const int LargeRecords = 500_000;

    private static readonly byte[] s_answer = Encoding.UTF8.GetBytes(
        $$"""{"code":"0","data":[{{string.Join(',', Records(9))}}]}"""
    );

    public static async Task<int> RunAsync(string listenOn)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listenOn);
        var app = builder.Build();
        app.MapGet("/ready", () => "ready");
        app.MapPost("/large", LargeAsync);
        app.MapPost("/{**path}", AnswerAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = s_answer.Length;
        await http.Response.Body.WriteAsync(s_answer, http.RequestAborted);
    }

    private static async Task LargeAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync("""{"code":"0","data":[""", http.RequestAborted);
        var record = Records(1).Single();
        for (var i = 0; i < LargeRecords; i++)
        {
            await http.Response.WriteAsync(i == 0 ? record : $",{record}", http.RequestAborted);
        }

        await http.Response.WriteAsync("]}", http.RequestAborted);
    }

    private static IEnumerable<string> Records(int count) =>
        Enumerable
            .Range(0, count)
            .Select(index =>
                $$"""{"unitNumber":"421022001001GB0000{{index}}F00010001","nearestLowVoltageMetres":"{{index * 7}}","spareCapacityKw":"{{index * 25}}","station":"示例台区","contact":"示例值班电话","remark":"这一列没有授权，不应离开","updatedAt":"2026-11-01 08:00:00"}"""
            );
}
