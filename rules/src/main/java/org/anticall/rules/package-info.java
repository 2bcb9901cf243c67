/** The facade: {@link org.anticall.rules.RuleBook} activates rule sets, judges calls with the active one and explains verdicts. Start reading here. */
@NullMarked
package org.anticall.rules;

import org.jspecify.annotations.NullMarked;
