using Mempulse.JsonRpc.Refusals;

namespace Mempulse.JsonRpc.Calls;

/// <summary>How long one request still waits for a node that limits its rate. Confined to the request.</summary>
/// <param name="bound">The total wait over all attempts.</param>
/// <param name="gate">The times that the node asked for, shared by all requests to it.</param>
internal sealed class CallPatience(TimeSpan bound, RateGate gate)
{
    private TimeSpan _left = bound;
    private int _attempts;

    /// <summary>Waits until the node may be asked, as long as the patience lasts.</summary>
    public async ValueTask WaitForTurnAsync(CancellationToken cancellationToken) =>
        _left -= await gate.WaitAsync(_left, cancellationToken).ConfigureAwait(false);

    /// <summary>Notes a rate limit, and waits as long as the node asked.</summary>
    /// <returns>False if the patience is exhausted: the refusal is final.</returns>
    public async ValueTask<bool> TryWaitAsync(RpcRefusal refusal, CancellationToken cancellationToken)
    {
        var pause = RateGate.DefaultPause(_attempts++); // also if the node asks for less, so that the attempts are bounded
        gate.Close(refusal.RetryAfter is { } asked && asked > pause ? asked : pause);
        if (_left <= TimeSpan.Zero)
        {
            return false;
        }

        await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
