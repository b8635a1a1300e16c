using System.Text;

namespace Integration.FlowTests.Sharing;

/// <summary>What the stand-in answers, and waiting for what comes about by itself.</summary>
internal static class StandInAgencyAnswers
{
    /// <summary>Nothing in it but what the hall is granted, so that it comes out as it went in.</summary>
    public const string Unit = """{"code":0,"data":{"unitNumber":"U-1"}}""";

    public const string RowsBegin = """{"code":0,"data":{"rows":[""";

    /// <summary>One of many rows, 100 to 120 bytes.</summary>
    public static string Row(int number) =>
        FormattableString.Invariant(
            $"{{\"id\":{number},\"text\":\"row {number:0000000000} of an answer that is long enough to stream\",\"secret\":\"never-granted\"}}"
        );

    public static string Rows(int count) =>
        $"{RowsBegin}{string.Join(',', Enumerable.Range(1, count).Select(Row))}]}}}}";

    /// <summary>Several rows as one chunk; the first of an answer has no comma in front.</summary>
    public static byte[] Chunk(int first, int count) =>
        Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(first, count).Select(number => $"{(number == 1 ? "" : ",")}{Row(number)}"))
        );

    /// <summary>Asks until the answer is as wanted, at most 30 s; the last answer.</summary>
    public static async Task<HttpResponseMessage> UntilAsync(
        Func<Task<HttpResponseMessage>> ask,
        Func<HttpResponseMessage, bool> wanted
    )
    {
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(30);
        while (true)
        {
            var answer = await ask();
            if (wanted(answer) || TimeProvider.System.GetUtcNow() > deadline)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
