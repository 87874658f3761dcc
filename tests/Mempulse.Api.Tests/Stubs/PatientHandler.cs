namespace Mempulse.Api.Tests.Stubs;

/// <summary>Waits for leave to send a body for as long as it takes: a loaded machine is slow to refuse, and what is sent meanwhile breaks the connection.</summary>
internal static class PatientHandler
{
    public static SocketsHttpHandler Shared { get; } = new() { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
}
