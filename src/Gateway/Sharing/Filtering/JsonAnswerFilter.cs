using System.IO.Pipelines;

namespace Integration.Gateway.Sharing.Filtering;

/// <summary>Filters a JSON answer. Values leave byte for byte as sent, without the white space between them.</summary>
internal sealed class JsonAnswerFilter : AnswerFilter
{
    public override string ContentType => "application/json; charset=utf-8";

    public override async ValueTask<FilterFault?> RunAsync(
        Stream answer,
        PipeWriter output,
        FieldTree granted,
        FilterLimits limits,
        AnswerWatch watch,
        CancellationToken cancellationToken
    )
    {
        using var window = new JsonWindow(answer, limits.MaxTokenBytes);
        using var pass = new JsonPass(granted, limits, watch);
        var unflushed = 0;
        while (!window.Ended)
        {
            if (await window.MoreAsync(cancellationToken) is { } unreadable)
            {
                return unreadable;
            }

            window.Advance(pass.Take(window.Bytes, window.Ended, output, out var written));
            if (pass.Fault is { } fault)
            {
                return fault;
            }

            unflushed += written;
            if (unflushed >= FlushBytes || window.Ended)
            {
                unflushed = 0;
                var flushed = await output.FlushAsync(cancellationToken);
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    return null;
                }
            }
        }

        return null;
    }
}
