using System.Collections.Concurrent;
using System.Diagnostics;

namespace Integration.FlowTests.PersonalData;

/// <summary>The addresses of every request that this process sends to one host, as the sender writes them.</summary>
internal sealed class OutgoingAddresses
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly string _authority;

    public OutgoingAddresses(Uri host)
    {
        _authority = host.Authority;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyCollection<string> Seen => _seen;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "HttpHandlerDiagnosticListener")
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Key.EndsWith(".Start", StringComparison.Ordinal)
            && value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage request
            && request.RequestUri?.Authority == _authority
        )
        {
            _seen.Enqueue(request.RequestUri.OriginalString);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}
