using System.Diagnostics;
using Mempulse.JsonRpc.Refusals;

namespace Mempulse.Net.Mempool;

/// <summary>In which form a source is asked for bodies first: raw, unless it refused that recently.</summary>
/// <remarks>Any thread may use it; a form that is outdated costs one call.</remarks>
internal sealed class BodyForms(TimeProvider time)
{
    /// <summary>Time after which a refused form is tried again.</summary>
    private static readonly TimeSpan s_trialInterval = TimeSpan.FromMinutes(10);

    private long _rawRefusedAt;

    /// <summary>The form to ask for first.</summary>
    public BodyForm Preferred => Interlocked.Read(ref _rawRefusedAt) is var at and not 0 && time.GetElapsedTime(at) < s_trialInterval ? BodyForm.Fields : BodyForm.Raw;

    /// <summary>Returns the other form.</summary>
    public static BodyForm Other(BodyForm form) => form == BodyForm.Raw ? BodyForm.Fields : BodyForm.Raw;

    /// <summary>Returns the method that returns a form.</summary>
    public static string MethodOf(BodyForm form) => form switch
    {
        BodyForm.Raw => "eth_getRawTransactionByHash",
        BodyForm.Fields => "eth_getTransactionByHash",
        _ => throw new UnreachableException(),
    };

    /// <summary>Notes whether the source refused a form.</summary>
    public void Note(BodyForm form, in RpcRefusal refusal)
    {
        if (form == BodyForm.Raw && refusal.Kind is not (RefusalKind.None or RefusalKind.RateLimited or RefusalKind.Transient))
        {
            Interlocked.Exchange(ref _rawRefusedAt, time.GetTimestamp());
        }
    }

    /// <summary>Forgets refusals, at a new connection.</summary>
    public void Reset() => Interlocked.Exchange(ref _rawRefusedAt, 0);
}
