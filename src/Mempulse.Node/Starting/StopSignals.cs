using System.Runtime.InteropServices;

namespace Mempulse.Node.Starting;

/// <summary>Ctrl-C and SIGTERM as a token, from the first line of the process to its end. A second signal ends the process at once.</summary>
/// <remarks>The host handles them only once it starts. Before that, options are read, nodes are asked for their chain, and addresses are tried.</remarks>
internal static class StopSignals
{
    private static readonly CancellationTokenSource _source = new();
    private static readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Begins to handle the signals of this process.</summary>
    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken OfProcess()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
        return _source.Token;
    }

    private static void Handle(PosixSignalContext signal)
    {
        signal.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
