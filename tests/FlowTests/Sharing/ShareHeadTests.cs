using System.Text;
using Integration.Testing.Drivers;
using Integration.Testing.Recording;

namespace Integration.FlowTests.Sharing;

/// <summary>What travels beside the bodies: closed lists in both directions, and one spelling of the path.</summary>
public class ShareHeadTests
{
    private const string Query = "grid-capacity/query";

    [Fact]
    public async Task Nothing_of_the_callers_headers_reaches_the_agency_but_the_pass_list()
    {
        await using var scene = await ShareDriver.StartAsync();

        var answer = await scene.Host.RawAsync(
            $"POST /share/{Query}",
            ShareDriver.Question,
            headers:
            [
                "Cookie: session=1",
                "X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-Host: elsewhere.test",
                "Forwarded: for=203.0.113.7",
                "X-Real-IP: 203.0.113.7",
                "X-Original-URL: /other",
                "baggage: name=somebody",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate: a=b",
                "X-Tif-Paasid: somebody-else",
                "X-Tif-Signature: forged",
                "X-Anything: 1",
                "Accept: text/html",
                "Accept-Encoding: gzip",
                "Accept-Language: zh-CN",
                "User-Agent: hall",
                "Referer: http://elsewhere.test/",
                "Via: 1.1 hall",
                "TE: trailers",
            ]
        );

        Assert.Equal(200, RawShare.Status(answer));
        var request = Assert.Single(scene.Agency.Requests);
        Assert.Equal(
            [
                "accept-language",
                "content-length",
                "content-type",
                "host",
                "x-tif-nonce",
                "x-tif-paasid",
                "x-tif-signature",
                "x-tif-timestamp",
            ],
            request.Names.Order(StringComparer.Ordinal)
        );
        Assert.Contains($"Host: 127.0.0.1:{scene.Agency.Port}\r\n", request.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody-else", request.Head, StringComparison.Ordinal);
        Assert.Equal(ShareDriver.Question, request.Text);
    }

    [Fact]
    public async Task Nothing_of_the_agencys_head_comes_back_but_the_status()
    {
        await using var scene = await ShareDriver.StartAsync();
        scene.Agency.Behaviour = (_, reply) =>
            reply.WriteAsync(
                "HTTP/1.1 200 intern-7 says yes\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 38\r\n"
                    + "Server: intern-7\r\nSet-Cookie: s=intern-7\r\nVia: 1.1 intern-7\r\nX-Powered-By: intern-7\r\n"
                    + "Location: http://intern-7/\r\nConnection: keep-alive, X-Hop\r\nX-Hop: intern-7\r\nKeep-Alive: timeout=intern-7\r\n"
                    + "X-Evidence-Id: evd_intern-7\r\nCache-Control: public\r\nETag: \"intern-7\"\r\nWarning: 199 intern-7\r\n"
                    + $"Access-Control-Allow-Origin: *\r\nContent-Language: zh\r\nTrailer: X-T\r\n\r\n{StandInAgencyAnswers.Unit}"
            );

        var answer = await scene.Host.RawAsync($"POST /share/{Query}", ShareDriver.Question);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("intern-7", answer, StringComparison.Ordinal);
        Assert.Equal(
            [
                "cache-control",
                "connection",
                "content-length",
                "content-type",
                "date",
                "referrer-policy",
                "x-content-type-options",
                "x-evidence-id",
                "x-frame-options",
            ],
            new StandInRequest(answer[..(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], []).Names.Order(
                StringComparer.Ordinal
            )
        );
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith(StandInAgencyAnswers.Unit, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_not_followed_and_does_not_come_back(string status)
    {
        await using var scene = await ShareDriver.StartAsync();
        await using var elsewhere = new StandInAgency();
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync("{}", status, $"Location: {elsewhere.Address}secret");

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Equal("agency-unavailable", (await HallDriver.ProblemOfAsync(answer)).Code);
        Assert.Null(answer.Headers.Location);
        Assert.True(elsewhere.IsUntouched);
    }

    [Fact]
    public async Task A_compressed_answer_is_refused_unread()
    {
        await using var scene = await ShareDriver.StartAsync();
        scene.Agency.Behaviour = (_, reply) => reply.JsonAsync(StandInAgency.Found, "200 OK", "Content-Encoding: gzip");

        using var answer = await scene.Host.Hall.ShareAsync(Query, ShareDriver.Question);

        Assert.Equal("answer-unreadable", (await HallDriver.ProblemOfAsync(answer)).Code);
        Assert.Equal("content-encoding", (await scene.Host.RecordsAsync())[^1].Fact.Failure!.Code);
    }

    [Theory]
    [InlineData("units/U-1/a", "units/a/U-1")]
    [InlineData("units/%E8%AF%81-1/b%20x", "units/b%20x/%E8%AF%81-1")]
    [InlineData("units/%e8%af%81/a:b@c,d", "units/a:b@c,d/%E8%AF%81")]
    [InlineData("units/U-1/a?page=2&text=%E8%AF%81%26x%3d1+'\"", "units/a/U-1?page=2&text=%E8%AF%81%26x%3d1+'\"")]
    [InlineData("units/U-1/a?text=../../b", "units/a/U-1?text=../../b")]
    public async Task Path_and_query_arrive_as_they_were_granted_byte_for_byte(string asked, string arrived)
    {
        await using var scene = await ShareDriver.StartAsync();

        var answer = await scene.Host.RawAsync($"GET /share/grid-capacity/{asked}");

        Assert.Equal(200, RawShare.Status(answer));
        Assert.Equal($"GET /api/{arrived} HTTP/1.1", Assert.Single(scene.Agency.Requests).Line);
        Assert.Empty(scene.Agency.Requests.Single().Body);
    }

    [Theory]
    [InlineData("units/%2e%2e/a")]
    [InlineData("units/../rows")]
    [InlineData("units/U-1%2fx/a")]
    [InlineData("units/U-1/a%00")]
    [InlineData("units//a")]
    [InlineData("units/U-1;x=1/a")]
    [InlineData("units/U-1\\x/a")]
    [InlineData("units/%c0%ae/a")]
    [InlineData("units/%5c/a")]
    public async Task A_path_that_could_be_read_in_two_ways_is_refused_before_anything_leaves(string asked)
    {
        await using var scene = await ShareDriver.StartAsync();

        var answer = await scene.Host.RawAsync($"GET /share/grid-capacity/{asked}");

        Assert.Equal(400, RawShare.Status(answer));
        Assert.True(scene.Agency.IsUntouched);
    }

    [Fact]
    public async Task A_path_and_a_query_that_name_somebody_are_in_no_log_span_or_metric()
    {
        await using var scene = await ShareDriver.StartAsync();

        var answer = await scene.Host.RawAsync("GET /share/grid-capacity/units/421022198603173319/a?text=Ouyang");

        Assert.Equal(200, RawShare.Status(answer));
        Assert.Contains("421022198603173319", Assert.Single(scene.Agency.Requests).Line, StringComparison.Ordinal);
        var said = await scene.Host.Recorded.EverythingAsync();
        Assert.DoesNotContain("421022198603173319", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Ouyang", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_of_a_body_arrive_as_they_were_sent()
    {
        const string Body = "{ \"unitNumber\" : \"\\u0055-1\\\"\" , \"note\":\"é 证\" }";
        await using var scene = await ShareDriver.StartAsync();

        using var answer = await scene.Host.Hall.ShareAsync(Query, Body);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(Encoding.UTF8.GetBytes(Body), Assert.Single(scene.Agency.Requests).Body);
        var record = Assert.Single(await scene.Host.RecordsAsync());
        Assert.Equal(
            scene.Host.OnRecord(record.EvidenceId, Encoding.UTF8.GetBytes(Body)),
            record.Fact.Call!.RequestDigest
        );
        Assert.Equal(
            scene.Host.OnRecord(record.EvidenceId, Encoding.UTF8.GetBytes(StandInAgency.Found)),
            record.Fact.Call!.AnswerDigest
        );
    }
}
