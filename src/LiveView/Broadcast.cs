using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace NeuroHal.LiveView;

/// <summary>
/// What there is to be seen, for as many as look. Nobody waits for those who look: what changed twice before one looked again is sent
/// once, and it is made only when somebody looks.
/// </summary>
internal sealed class Broadcast
{
    // A browser that is sent more has no time left to be read or clicked in.
    private static readonly TimeSpan _pace = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Moment _now = new(null, null);

    /// <summary>There is something else to be seen.</summary>
    public void Show(Func<string> view) => Change(m => m with { View = new Lazy<string>(view) });

    /// <summary>There will be nothing else.</summary>
    public void End(string message) => Change(m => m with { Message = message });

    /// <summary>The events for one who looks, from now on to the end.</summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Lazy<string>? shown = null;
        while (true)
        {
            Moment now;
            lock (_lock)
            {
                now = _now;
            }
            if (now.View is not null && now.View != shown)
            {
                shown = now.View;
                yield return new SseItem<string>(shown.Value, "view");
            }
            if (now.Message is not null)
            {
                yield return new SseItem<string>(now.Message, "end");
                yield break;
            }
            await now.Changed.Task.WaitAsync(cancellation);
            await Task.Delay(_pace, cancellation);
        }
    }

    private void Change(Func<Moment, Moment> change)
    {
        Moment before;
        lock (_lock)
        {
            before = _now;
            _now = change(before) with { Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        }
        before.Changed.SetResult();
    }

    private sealed record Moment(Lazy<string>? View, string? Message)
    {
        public TaskCompletionSource Changed { get; init; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
