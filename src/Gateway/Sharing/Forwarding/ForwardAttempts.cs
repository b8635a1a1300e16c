using System.Collections.Concurrent;
using Integration.Adapters.Ports;
using Integration.Gateway.Limits;
using Integration.Gateway.Sharing.Answering;
using Polly;
using Polly.Retry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// The attempts of one request: within a place at the agency, each counted and signed afresh, at another address when there is
/// one. A request is sent again only when it is repeatable and the failure may pass by itself, or once when the agency refused
/// the key and so did nothing.
/// </summary>
internal sealed class ForwardAttempts(IAgencyGates gates, RestingAddresses resting, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<ShareCall> s_call = new("integration.share-call");

    private readonly ConcurrentDictionary<int, ResiliencePipeline<Received>> _pipelines = [];

    public async Task<Received> RunAsync(HttpContext http, ShareCall call, RequestDelegate forward)
    {
        using var place = await gates.EnterAsync(
            call.Operation.Agency.Name,
            call.Granted.Caller.Id,
            http.GetPriority(),
            http.RequestAborted
        );
        if (place.Failure is { } noPlace)
        {
            return new Received.Failed(noPlace, place.RetryAfter);
        }

        var context = ResilienceContextPool.Shared.Get(http.RequestAborted);
        context.Properties.Set(s_call, call);
        try
        {
            return await PipelineOf(call)
                .ExecuteAsync(async (_, way) => await AttemptAsync(way), context, new Way(http, call, forward, place));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return new Received.Abandoned();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<Received> AttemptAsync(Way way)
    {
        var received = await SendAsync(way);
        if (received is not Received.KeyRefused)
        {
            return received;
        }

        return await SendAsync(way) is not Received.KeyRefused and var again
            ? again
            : new Received.Failed(AgencyFailures.KeyRefused);
    }

    private async Task<Received> SendAsync(Way way)
    {
        var (http, call, forward, place) = way;
        var proxy = http.GetReverseProxyFeature();
        var addresses = Untried(proxy, call);
        if (await ReasonNotToAsync(call, place, addresses, http.RequestAborted) is { } not)
        {
            var pause = not == AgencyFailures.NoAddress ? resting.ShortestRest(proxy.Route.Cluster!) : null;
            return call.Received as Received.Failed ?? new Received.Failed(not, pause);
        }

        Forget(http, call);
        proxy.AvailableDestinations = addresses;
        await forward(http);
        call.Received ??= http.RequestAborted.IsCancellationRequested
            ? new Received.Abandoned()
            : new Received.Failed(ForwarderFailure.From(http.GetForwarderErrorFeature(), call));
        return call.Received;
    }

    /// <summary>Why it is not sent, or not once more: then what came of the attempt before stands.</summary>
    private async ValueTask<AgencyFailure?> ReasonNotToAsync(
        ShareCall call,
        AgencyPlace place,
        IReadOnlyList<DestinationState> addresses,
        CancellationToken cancellationToken
    ) =>
        time.GetUtcNow() >= call.Deadline ? ForwarderFailure.TooLate
        : addresses.Count == 0 ? AgencyFailures.NoAddress
        : call.Attempts > 0 ? await place.CountAgainAsync(cancellationToken)
        : null;

    /// <summary>The forwarder takes a status that is set already for an answer, and would send nothing.</summary>
    private static void Forget(HttpContext http, ShareCall call)
    {
        http.Response.Clear();
        http.Features.Set<IForwarderErrorFeature>(null);
        (call.Received, call.Status, call.AnswerDigest, call.TimedOut, call.PausesUntil) = (
            null,
            null,
            null,
            false,
            null
        );
    }

    /// <summary>An address that failed this request is asked last.</summary>
    private static IReadOnlyList<DestinationState> Untried(IReverseProxyFeature proxy, ShareCall call)
    {
        if (proxy.ProxiedDestination is { } tried)
        {
            call.Tried.Add(tried.DestinationId);
        }

        var available = proxy.Route.Cluster!.DestinationsState.AvailableDestinations;
        var untried = available.Where(destination => !call.Tried.Contains(destination.DestinationId)).ToList();
        return untried.Count > 0 ? untried : available;
    }

    /// <summary>An address that wants to be left alone is not asked again within the request; another one may be.</summary>
    private bool MayBeSentAgain(Received.Failed failed, ShareCall call) =>
        AgencyFailures.MayPass(failed.Reason)
        && call.Deadline > time.GetUtcNow()
        && (failed.RetryAfter is not { Ticks: > 0 } || call.Operation.Agency.Addresses.Count > call.Tried.Count + 1);

    private ResiliencePipeline<Received> PipelineOf(ShareCall call)
    {
        var retries = call.Operation.Entry.Repeatable ? call.Operation.Agency.Retries : 0;
        return retries == 0 ? ResiliencePipeline<Received>.Empty : _pipelines.GetOrAdd(retries, Build);
    }

    private ResiliencePipeline<Received> Build(int retries) =>
        new ResiliencePipelineBuilder<Received> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<Received>
                {
                    MaxRetryAttempts = retries,
                    Delay = TimeSpan.FromMilliseconds(50),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments =>
                        ValueTask.FromResult(
                            arguments.Outcome.Result is Received.Failed failed
                                && MayBeSentAgain(failed, arguments.Context.Properties.GetValue(s_call, null!))
                        ),
                }
            )
            .Build();

    private readonly record struct Way(HttpContext Http, ShareCall Call, RequestDelegate Forward, AgencyPlace Place);
}
