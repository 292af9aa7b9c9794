using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace NeuroHal.Hosting;

/// <summary>Loads one plugin into a context of its own and gets its backend.</summary>
internal static class BackendLoader
{
    // What host and plugin must mean the same by; everything else a plugin brings is its own affair.
    private static readonly Type[] _shared = [typeof(IBackendPlugin), typeof(IServiceCollection), typeof(IConfiguration)];

    // The kernels too, where the program has them: a backend recognises a kernel by its type, so that has to be the type
    // that the algorithm runs. By name, because hosting plugins takes no kernel.
    private static readonly AssemblyName? _kernels = InThisProgram("NeuroHal.Kernels");

    public static IBackend Load(FoundPlugin plugin, IConfiguration section)
    {
        string id = plugin.Manifest.Id;
        try
        {
            IBackend backend = Backend(Entry(plugin), section);
            return backend.Id == id
                ? backend
                : throw new BadPluginException($"Plugin '{id}' brings a backend called '{backend.Id}'; the ids must be the same.");
        }
        catch (TargetInvocationException e)
        {
            throw new BadPluginException($"Plugin '{id}': its constructor failed: {e.InnerException!.Message}", e);
        }
        catch (Exception e) when (e is not NeuroHalException)
        {
            // Whatever a stranger's code throws while it is set up is that plugin's problem, never the program's end.
            throw new BadPluginException($"Plugin '{id}' ({plugin.EntryPath}): {FirstLine(e)}", e);
        }
    }

    private static IBackendPlugin Entry(FoundPlugin plugin)
    {
        // Not unloadable: in collectible contexts the JIT leaves out tiering and profile-guided optimisation.
        var loader = PluginLoader.CreateFromAssemblyFile(plugin.EntryPath, isUnloadable: false, _shared, Share);
        Type[] entries =
        [
            .. loader.LoadDefaultAssembly().GetExportedTypes()
                .Where(t => typeof(IBackendPlugin).IsAssignableFrom(t) && !t.IsAbstract),
        ];
        return entries.Length == 1
            ? (IBackendPlugin)Activator.CreateInstance(entries[0])!
            : throw new BadPluginException(
                $"Plugin '{plugin.Manifest.Id}': {plugin.EntryPath} has {entries.Length} public classes that implement "
                + $"{nameof(IBackendPlugin)}; it must have one.");
    }

    private static void Share(PluginConfig config)
    {
        if (_kernels is not null)
        {
            config.SharedAssemblies.Add(_kernels);
        }
    }

    private static AssemblyName? InThisProgram(string name)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(name)).GetName();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static IBackend Backend(IBackendPlugin entry, IConfiguration section)
    {
        var services = new ServiceCollection();
        entry.Register(services, section);
        return services.BuildServiceProvider().GetService<IBackend>()
            ?? throw new BadPluginException($"{entry.GetType().FullName} registers no {nameof(IBackend)}.");
    }

    private static string FirstLine(Exception e) =>
        e is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? FirstLine(first) : e.Message.Split('\n')[0].Trim();
}
