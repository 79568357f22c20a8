using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Galaxies: making, listing, switching.</summary>
internal static class Galaxies
{
    private const int MostDescriptionChars = 500;

    private static readonly TextParam _newName = new("name") { IsRequired = true };
    private static readonly TextParam _name = new("name") { IsRequired = true };
    private static readonly TextParam _description = new("description");

    private static readonly Shape _galaxy =
        Shape.Object(("name", Shape.Text), ("description", Shape.Text), Member.Maybe("memories", Shape.Integer), Member.Maybe("problem", Shape.Text));

    internal static readonly Tool[] Tools =
    [
        Tool.Define("galaxy_create", Effect.Write, "Make a galaxy: a separate memory for a project or person.",
            [_newName, _description], Shape.Object(("galaxy", Shape.Text), ("created", Shape.Flag)), Create, idempotent: true),

        Tool.Define("galaxy_list", Effect.Read, "List galaxies.",
            [], Shape.Object(("galaxies", Shape.List(_galaxy)), ("active", Shape.Text)), List),

        Tool.Define("galaxy_switch", Effect.Read, "Set the galaxy of this connection's following calls.",
            [_name], Shape.Object(("galaxy", Shape.Text), Member.Maybe("hint", Shape.Text)), Switch),
    ];

    private static void Create(Call call)
    {
        string name = call.Get(_newName)!;
        string description = call.Get(_description) ?? "";
        if (Limits.Characters(description) is > MostDescriptionChars and var chars)
        {
            throw FailureException.TooLarge("description", chars, MostDescriptionChars, "characters");
        }

        call.Workplace.Galaxies.Create(name, description, call.Permit);
        call.Json.WriteString("galaxy", name);
        call.Json.WriteBoolean("created", true);
    }

    private static void List(Call call)
    {
        call.Json.WriteStartArray("galaxies");
        foreach (GalaxyInfo galaxy in call.Workplace.Galaxies.List())
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("name", galaxy.Name);
            call.Json.WriteString("description", galaxy.Description);
            if (galaxy.MemoryCount is { } count)
            {
                call.Json.WriteNumber("memories", count);
            }

            if (galaxy.Problem is { } problem)
            {
                call.Json.WriteString("problem", problem);
            }

            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        call.Json.WriteString("active", call.Workplace.ActiveFor(call.Caller));
    }

    private static void Switch(Call call)
    {
        string name = call.Get(_name)!;
        call.Workplace.Galaxies.Open(name);
        call.Json.WriteString("galaxy", name);
        if (call.Caller.HasConnectionState)
        {
            call.Workplace.SwitchedGalaxy = name;
        }
        else
        {
            call.Json.WriteString("hint", $"nothing was switched: pass galaxy:\"{name}\" with each call");
        }
    }
}
