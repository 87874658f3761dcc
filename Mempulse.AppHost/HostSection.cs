using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace Mempulse.AppHost;

/// <summary>Reads the host's settings.</summary>
internal static class HostSection
{
    /// <summary>Reads and validates them.</summary>
    /// <param name="configuration">Where they are.</param>
    /// <param name="settings">The settings, if they are valid.</param>
    /// <param name="mistake">One sentence that names the setting, if one is not.</param>
    public static bool TryRead(IConfiguration configuration, [NotNullWhen(true)] out HostSettings? settings, [NotNullWhen(false)] out string? mistake)
    {
        try
        {
            settings = configuration.GetSection(HostSettings.Section).Get<HostSettings>() ?? new HostSettings();
            settings.Validate();
            mistake = null;
            return true;
        }
        catch (InvalidOperationException e)
        {
            settings = null;
            mistake = e.Message;
            return false;
        }
    }
}
