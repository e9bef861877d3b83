import java.io.File;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Asks veraPDF whether PDFs keep to standards, and prints a line per broken rule, tabs between its parts. */
public final class Conformance {
    private static final String PROFILES = "/org/verapdf/pdfa/validation/";

    /** Arguments: names of profiles divided by commas (PDFUA-1,PDFA-3A), then files. */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (int place = 1; place < arguments.length; place++) {
            for (String name : arguments[0].split(",")) {
                check(new File(arguments[place]), name);
            }
        }
    }

    private static void check(File file, String name) throws Exception {
        ValidationProfile profile;
        try (InputStream stream = PDFAFlavour.class.getResourceAsStream(PROFILES + name + ".xml")) {
            profile = Profiles.profileFromXml(stream);
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, TestAssertion> first = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    first.putIfAbsent(rule, assertion);
                }
            }
            for (Map.Entry<String, TestAssertion> entry : first.entrySet()) {
                TestAssertion assertion = entry.getValue();
                print("failed", file, name, entry.getKey(), assertion.getMessage(), assertion.getLocation().getContext());
            }
            print("checked", file, name, String.valueOf(result.getTotalAssertions()), "", "");
        }
    }

    private static void print(String word, File file, String name, String rule, String message, String place) {
        String text = String.join("\t", word, file.getPath(), name, rule, flat(message), flat(place));
        System.out.println(text);
    }

    private static String flat(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }
}
