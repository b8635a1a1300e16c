using System.Security.Cryptography;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Utilities.Television;

/// <summary>Puts files into the box and takes files out; what they mean is not its business.</summary>
internal sealed class TelevisionBox(
    ITelevisionClient client,
    [FromKeyedServices(TelevisionAgency.Name)] AgencyCaller caller
)
{
    private const int MostFiles = 200;

    /// <summary>Puts a file; the box answers its name and the digest of what it has, which must be ours.</summary>
    public Task<AgencyAnswer<LegReceipt>> PutAsync(
        AgencyOperation operation,
        string name,
        BoxFile file,
        string key,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var bytes = file.Bytes();
        var stored = $"{name} {Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        return caller.AskAsync<BoxText, LegReceipt>(
            operation,
            request,
            async (call, cancelled) =>
            {
                using var content = new ByteArrayContent(bytes) { Headers = { ContentType = BoxSerializer.Csv } };
                return await client.PutAsync(name, content, key, call, cancelled);
            },
            answer =>
                answer.Value?.TrimEnd() == stored ? new LegReceipt(Reference: null) : WireFailure.Binding("stored"),
            cancellationToken
        );
    }

    /// <summary>Reads a file that we put and that still lies there; <see cref="AgencyAnswer{TFacts}.Unknown"/>: it does not.</summary>
    public Task<AgencyAnswer<TFacts>> GetUnfetchedAsync<TFacts>(
        AgencyOperation operation,
        string name,
        string key,
        Func<BoxFile, Reading<TFacts>> read,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            operation,
            request,
            (call, cancelled) => OrNoneAsync(client.GetUnfetchedAsync(name, key, call, cancelled)),
            answer => Read(answer, read, new Reading<TFacts>.Unknown()),
            cancellationToken
        );

    /// <summary>Reads a file that came out.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="key">For the call list.</param>
    /// <param name="read">Makes facts of the file.</param>
    /// <param name="none">What it means that there is no such file.</param>
    /// <param name="request">The circumstances.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<AgencyAnswer<TFacts>> GetAsync<TFacts>(
        AgencyOperation operation,
        string name,
        string key,
        Func<BoxFile, Reading<TFacts>> read,
        Reading<TFacts> none,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            operation,
            request,
            (call, cancelled) => OrNoneAsync(client.GetAsync(name, key, call, cancelled)),
            answer => Read(answer, read, none),
            cancellationToken
        );

    /// <summary>Names of the files that came out and begin like this.</summary>
    public Task<AgencyAnswer<IReadOnlyList<string>>> ListAsync(
        AgencyOperation operation,
        string prefix,
        string key,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        caller.AskAsync(
            operation,
            request,
            (call, cancelled) => client.ListAsync(prefix, key, call, cancelled),
            answer => Names(answer, prefix),
            cancellationToken
        );

    /// <summary>The first line says how many follow, so that a list that was cut is none.</summary>
    private static Reading<IReadOnlyList<string>> Names(BoxText answer, string prefix)
    {
        var lines = (answer.Value ?? string.Empty).Split("\r\n");
        var names = lines.Skip(1).SkipLast(1).ToList();
        if (
            lines[^1].Length > 0
            || names.Count > MostFiles
            || lines[0] != names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)
        )
        {
            return AgencyFailures.Unreadable("csv");
        }

        return names.TrueForAll(name => name.StartsWith(prefix, StringComparison.Ordinal))
            ? new Reading<IReadOnlyList<string>>.Found(names)
            : WireFailure.Binding("prefix");
    }

    private static Reading<TFacts> Read<TFacts>(
        BoxText answer,
        Func<BoxFile, Reading<TFacts>> read,
        Reading<TFacts> none
    ) =>
        answer.Value is not { } text ? none
        : BoxFile.Read(text).Succeeded(out var file, out var failure) ? read(file)
        : failure;

    /// <summary>That a file is not there is an answer and no failure.</summary>
    private static async Task<BoxText> OrNoneAsync(Task<BoxText> sent)
    {
        try
        {
            return await sent;
        }
        catch (AgencyFaultException fault) when (fault.Failure.Code == "http-404")
        {
            return BoxText.None;
        }
    }
}
