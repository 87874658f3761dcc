using System.Security.Cryptography;
using System.Text;

namespace Mempulse.Dashboard.Serving;

/// <summary>The one script inside the page: it sets the theme before anything is drawn. The content security policy names it by its hash.</summary>
internal static class ThemeScript
{
    private const string Source =
        "(function(){var d=document.documentElement,t=null;try{t=localStorage.getItem('theme')}catch(e){}"
        + "var m=function(q){return matchMedia(q).matches};"
        + "d.dataset.theme=/^(dark|light|contrast)$/.test(t||'')?t:m('(prefers-contrast: more)')?'contrast':m('(prefers-color-scheme: light)')?'light':'dark'})()";

    /// <summary>The element.</summary>
    public static string Element { get; } = $"<script>{Source}</script>";

    /// <summary>How a content security policy names the script.</summary>
    public static string Hash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Source)))}'";
}
