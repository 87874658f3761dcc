using System.Runtime.InteropServices;

namespace Mempulse.Cli.Invocation;

/// <summary>Ctrl-C and SIGTERM as a token, from the first line of the process to its end. A second signal ends the process at once.</summary>
/// <remarks>System.CommandLine would handle them only after the first synchronous part of a command, and not at all for a synchronous command.</remarks>
internal static class Interruption
{
    private static readonly CancellationTokenSource s_source = new();
    private static readonly List<PosixSignalRegistration> s_registrations = [];

    /// <summary>Begins to handle the signals of this process.</summary>
    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken OfProcess()
    {
        s_registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        s_registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
        return s_source.Token;
    }

    private static void Handle(PosixSignalContext signal)
    {
        signal.Cancel = !s_source.IsCancellationRequested;
        s_source.Cancel();
    }
}
